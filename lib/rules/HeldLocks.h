//===- HeldLocks.h - Mutexes held at a place --------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which mutexes and semaphores a function has taken and not dropped at each of
/// its instructions, on every path there. By member, not by object: the order
/// of locks is a matter of their classes
/// (Documentation/locking/lockdep-design).
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_HELDLOCKS_H
#define NETDEV_LINT_RULES_HELDLOCKS_H

#include "engine/Program.h"
#include <map>

namespace netdev {

class HeldLocks {
public:
  explicit HeldLocks(Program &P) : P(P) {}

  /// A lock, and where it was taken last: in the function asked about, which
  /// may do it by a helper.
  using Held = std::map<FieldKey, std::pair<uint32_t, uint32_t>>;

  /// What \p F holds when it comes to the instruction.
  Held at(FuncId F, uint32_t Block, uint32_t Inst);
  /// True if \p F, or what it calls, drops \p Lock somewhere.
  bool mayDrop(FuncId F, FieldKey Lock);
  /// The places where \p F itself waits for \p Lock.
  std::vector<std::pair<uint32_t, uint32_t>> takenIn(FuncId F, FieldKey Lock);

private:
  struct Summary {
    std::vector<std::pair<bool, Held>>
        In;     ///< of each block; false: not reached
    Held AtEnd; ///< at every return
    std::set<FieldKey> Drops;
    std::map<FieldKey, std::vector<std::pair<uint32_t, uint32_t>>> Takes;
  };
  const Summary &of(FuncId F);
  void step(FuncId F, uint32_t Block, uint32_t Inst, Held &H);
  FieldKey lockOf(FuncId F, const ir::Inst &I);

  Program &P;
  std::map<FuncId, Summary> Known;
};

} // namespace netdev

#endif // NETDEV_LINT_RULES_HELDLOCKS_H
