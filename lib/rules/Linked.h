//===- Linked.h - Memory that belongs to a device ---------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether two pieces of memory are known to lead to each other on a path.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_LINKED_H
#define NETDEV_LINT_RULES_LINKED_H

#include "engine/State.h"

namespace netdev {

/// True if \p Addr lies in \p Object, or the memory it is in points to
/// \p Object, or the other way round. Of an array only the element counts: the
/// next one is another device's.
bool linked(ValId Addr, ValId Object, const State &S, const ValueTable &T);

} // namespace netdev

#endif // NETDEV_LINT_RULES_LINKED_H
