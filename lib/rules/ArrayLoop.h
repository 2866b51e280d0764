//===- ArrayLoop.h - Loops that come to all of an array ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether what a loop does is done to every element of an array.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_ARRAYLOOP_H
#define NETDEV_LINT_RULES_ARRAYLOOP_H

#include "engine/Program.h"

namespace netdev {

/// True if \p At of \p F, where something is done to the pointer \p Element, is
/// in a loop `for (i = 0; i < bound; i++)`, or one that counts down to 0, that
/// comes to each one: the bound is not a count of those that are ready, and
/// nothing is asked for before but whether there is an element.
bool comesToAll(Program &P, FuncId F, uint32_t At, ir::ExprId Element);

} // namespace netdev

#endif // NETDEV_LINT_RULES_ARRAYLOOP_H
