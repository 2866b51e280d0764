//===- Lives.h - Lives composed over callbacks ------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A device's life is more than one function: what probe leaves is where remove
/// begins; what setup prepares, newlink gets.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_LIVES_H
#define NETDEV_LINT_ENGINE_LIVES_H

#include "engine/Engine.h"

namespace netdev {

/// Runs every entry of the program: pairs (probe and remove, open and close,
/// module init and exit) as one life, link ops after their setup, and every
/// other root on its own.
void runLives(Engine &E);

/// The callback of \p Begin's table that ends the life that \p Begin begins;
/// null if it is none, or there is no such callback.
const Slot *endOfLife(Program &P, const Slot &Begin);

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_LIVES_H
