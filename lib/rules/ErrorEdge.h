//===- ErrorEdge.h - Where control goes after a failure ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// For rules that walk a function's blocks: how the error of one call is looked
/// at.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_ERROREDGE_H
#define NETDEV_LINT_RULES_ERROREDGE_H

#include "engine/Program.h"

namespace netdev {

/// A call gives a status, or tells whether a pointer is an error.
bool tellsFailure(const ir::Unit &U, const ir::Inst &Call);

/// An instruction, by the numbers of its block and its place in the block.
struct Place {
  FuncId F = NoFunc;
  uint32_t B = 0, Inst = 0;
};

/// True if \p B comes behind \p A in one function, and not before it as well.
bool comesBefore(const Program &P, const Place &A, const Place &B);

/// Calls \p Do with the place of each call of \p Callee in its callers' texts.
void forEachCallOf(const Program &P, FuncId Callee,
                   llvm::function_ref<void(const Place &)> Do);

/// The outcome of a call, as the function that made it keeps it.
class ErrorEdge {
public:
  ErrorEdge(const Program &P, FuncId F, uint32_t Block, uint32_t Inst);

  /// Which way \p Cond goes while the call gave an error: 1 true, 0 false, -1
  /// not told.
  int goes(ir::ExprId Cond) const;
  bool isResult(ir::ExprId Id) const { return Result && Id == Result; }
  /// \p Id is what is read from the variable that the result is in.
  bool isKept(ir::ExprId Id) const {
    return Variable && U.get(Id).Kind == ir::ExprKind::Load &&
           U.get(Id).A == Variable;
  }
  /// \p In gives that variable another value.
  bool isLost(const ir::Inst &In) const {
    return Variable && In.Kind == ir::InstKind::Assign && In.Temp < 0 &&
           In.Dst == Variable;
  }

private:
  int errorGoes(ir::ExprId Cond, ir::ExprId Failed) const;

  const ir::Unit &U;
  ir::ExprId Result = 0, Variable = 0;
};

} // namespace netdev

#endif // NETDEV_LINT_RULES_ERROREDGE_H
