//===- FlowTest.cpp - Order and liveness inside a function ----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "engine/Flow.h"
#include "../ir/Builder.h"
#include "../model/Check.h"
#include "llvm/ADT/STLExtras.h"

using namespace netdev;
using ir::ExprKind;

/// `while (a) { while (b) ...; } return`, with what follows the loops numbered
/// before their bodies.
static void testNestedLoops() {
  Builder B(6);
  B.jump(0, 1);
  B.branch(1, 0, 3, 2); // outer head
  B.leave(2);
  B.branch(3, 0, 5, 4); // inner head
  B.jump(4, 1);         // behind the inner loop, back to the outer
  B.jump(5, 3);         // inner body
  Flow W(B.U, B.F);
  std::vector<uint32_t> Want{0, 1, 3, 5, 4, 2};
  CHECK(W.Order == Want);
  for (uint32_t I = 0; I < Want.size(); ++I)
    CHECK_EQ(W.Place[Want[I]], I);
  for (uint32_t Each = 0; Each < 6; ++Each)
    CHECK(W.Looped.test(Each) == (Each != 0 && Each != 2));
}

/// A loop that is entered at two of its blocks, and a block nothing leads to.
static void testTwoEntries() {
  Builder B(5);
  B.branch(0, 0, 1, 2);
  B.jump(1, 2);
  B.branch(2, 0, 1, 3);
  B.leave(3);
  B.jump(4, 3);
  Flow W(B.U, B.F);
  CHECK_EQ(W.Order.size(), size_t(4));
  CHECK_EQ(W.Order.front(), 0u);
  CHECK_EQ(W.Order.back(), 3u); // not before the loop is done
  CHECK(W.Looped.test(1) && W.Looped.test(2) && W.Looped.count() == 2);
}

/// Variable 1 is read in block 2 alone; 2 is set again before it is read; the
/// address of 3 is given away; 0 is a parameter.
static void testDead() {
  Builder B(4);
  B.F.NumParams = 1;
  B.F.Vars.resize(4);
  B.set(0, 1, B.load(0));
  B.set(0, 2, B.load(0));
  B.set(0, 3, B.expr(ExprKind::Local, 3));
  B.branch(0, B.load(0), 1, 2);
  B.set(1, 2, B.load(0));
  B.jump(1, 3);
  B.set(2, 2, B.load(1));
  B.jump(2, 3);
  B.branch(3, B.load(2), 1, 2);
  Flow W(B.U, B.F);
  using Vars = llvm::SmallVector<VarId, 4>;
  CHECK(W.Dead[0] == Vars());
  CHECK(W.Dead[1] == Vars({2})); // 1 is read again, in the next round
  CHECK(W.Dead[2] == Vars({2}));
  CHECK(W.Dead[3] == Vars());
}

/// The result of a call that two blocks look at is shared, and dead in the end.
static void testShared() {
  Builder B(3);
  ir::Inst Call;
  Call.Kind = ir::InstKind::Call;
  for (Call.Temp = 0; Call.Temp < 2; ++Call.Temp)
    B.F.Blocks[0].Insts.push_back(Call);
  B.branch(0, B.expr(ExprKind::Temp, 1), 1, 2);
  B.branch(1, B.expr(ExprKind::Temp, 0), 2, 2);
  B.leave(2);
  Flow W(B.U, B.F);
  CHECK(W.Shared.test(0));
  CHECK(!W.Shared.test(1));
  CHECK(W.Dead[1].empty());
  CHECK(llvm::is_contained(W.Dead[2], -1));
}

int main() {
  testNestedLoops();
  testTwoEntries();
  testDead();
  testShared();
  return Failures != 0;
}
