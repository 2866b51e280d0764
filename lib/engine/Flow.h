//===- Flow.h - Order and liveness inside a function ------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the control flow of one function says without a state: in which order
/// its blocks are best executed, and where its variables are dead.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_FLOW_H
#define NETDEV_LINT_ENGINE_FLOW_H

#include "ir/IR.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"

namespace netdev {

/// A variable of a function: its number, or -1 - N for the result N of a call.
using VarId = int64_t;

struct Flow {
  Flow(const ir::Unit &U, const ir::Function &F);

  /// The reachable blocks in a weak topological order (Bourdoncle, "Efficient
  /// chaotic iteration strategies with widenings", FMPA 1993): the blocks of a
  /// loop stand together, its head first, before what follows the loop.
  std::vector<uint32_t> Order;
  std::vector<uint32_t> Place; ///< of each block in Order
  llvm::BitVector Looped;      ///< blocks that control may come to again
  /// By block: variables that a block before it knew and that nothing reads
  /// from here on before it is set again. No parameters, nothing whose address
  /// is taken, no index of an array: such values are found in other ways.
  std::vector<llvm::SmallVector<VarId, 4>> Dead;
  /// Results that more than one block gives or looks at.
  llvm::BitVector Shared;

private:
  void order(const ir::Function &F);
  void liveness(const ir::Unit &U, const ir::Function &F);
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_FLOW_H
