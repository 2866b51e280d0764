//===- Frontend.h - One translation unit to facts ---------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_FRONTEND_H
#define NETDEV_LINT_PROJECT_FRONTEND_H

#include "ir/IR.h"
#include "project/CompileDatabase.h"
#include "project/Prefix.h"

namespace netdev {

struct ParseOptions {
  Inputs *Read = nullptr;        ///< gets what was read; may be null
  const Prefix *After = nullptr; ///< the headers that are read already, or null
  /// Set if it had to be parsed again without that prefix.
  bool Again = false;
};

/// The facts of the unit that \p C compiles, with names relative to \p Root.
/// Bodies of functions in kernel headers are not parsed. Fails with the first
/// error of the parser, `file:line: message`: a unit with an error is never
/// analysed half. Writes no file.
llvm::Expected<ir::Unit> parseFacts(const CompileCommand &C,
                                    llvm::StringRef Root, ParseOptions &Opts);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_FRONTEND_H
