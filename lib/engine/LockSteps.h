//===- LockSteps.h - The RTNL in steps --------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_LOCKSTEPS_H
#define NETDEV_LINT_ENGINE_LOCKSTEPS_H

#include "llvm/ADT/StringRef.h"

namespace netdev {

/// The state of a step after which the RTNL is held, or not.
constexpr llvm::StringLiteral LockHeld = "RTNL held";
constexpr llvm::StringLiteral LockFree = "RTNL not held";

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_LOCKSTEPS_H
