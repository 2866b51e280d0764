//===- Statements.h - Where statements stand in the text --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_LOWER_STATEMENTS_H
#define NETDEV_LINT_LOWER_STATEMENTS_H

#include "lower/UnitLowering.h"

namespace netdev {

/// The statements of \p FD's body that a fix can name, in the order of the
/// text: what begins a line in a block, or is the only statement of an `if`.
/// None of them is written by a macro's body.
std::vector<ir::Stmt> statements(UnitLowering &UL,
                                 const clang::FunctionDecl &FD);

} // namespace netdev

#endif // NETDEV_LINT_LOWER_STATEMENTS_H
