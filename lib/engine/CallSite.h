//===- CallSite.h - What is known of a call without a state -----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The name of a callee says much, and asking for it takes long: it is asked
/// once for each call in the text, not for each state that comes by.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_CALLSITE_H
#define NETDEV_LINT_ENGINE_CALLSITE_H

#include "ir/IR.h"
#include "model/Idioms.h"
#include "model/Model.h"

namespace netdev {

class Program;
using FuncId = uint32_t;

struct CallSite {
  /// The call \p I in \p In of \p Name, which is not empty where it is made
  /// through a pointer that is known.
  CallSite(const Program &P, FuncId In, const ir::Inst &I,
           llvm::StringRef Name);

  llvm::StringRef Name;
  llvm::StringRef Shown; ///< as written: the macro where there is one
  FuncId Body;           ///< NoFunc if it is not at hand
  const ApiFunction *Api;
  llvm::ArrayRef<ApiObject> Objects;
  const HelperRow *Helper;
  int Section; ///< atomicSection()
  RcuStep Rcu;
  bool Unknown;   ///< neither the model nor a body says what it does
  bool Harmless;  ///< Unknown, but known to keep and release nothing
  bool Releases;  ///< Unknown, and its name says that it releases something
  bool Elsewhere; ///< the driver's own, not at hand, or behind a pointer
  /// Its code, not at hand, may take over a reference to what it is given.
  bool MayKeep;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_CALLSITE_H
