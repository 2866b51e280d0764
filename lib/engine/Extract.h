//===- Extract.h - Functions taken out of units -----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Copies functions of several units into one, with the strings and expressions
/// they need. Names that are static to a unit get its file's name as well.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_EXTRACT_H
#define NETDEV_LINT_ENGINE_EXTRACT_H

#include "ir/IR.h"
#include "llvm/ADT/StringSet.h"

namespace netdev {

class Extractor {
public:
  /// Copies functions of \p From to \p To; both must live as long.
  Extractor(const ir::Unit &From, ir::Unit &To);

  /// Adds \p F, a function of From.
  void add(const ir::Function &F);

private:
  ir::StrId str(ir::StrId S) { return To.str(From.text(S)); }
  /// The name \p S of a function or global.
  ir::StrId symbol(ir::StrId S);
  ir::ExprId expr(ir::ExprId E);
  ir::Loc loc(ir::Loc L);

  const ir::Unit &From;
  ir::Unit &To;
  llvm::StringSet<> Statics; ///< names that mean something else elsewhere
  llvm::DenseMap<ir::ExprId, ir::ExprId> Exprs;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_EXTRACT_H
