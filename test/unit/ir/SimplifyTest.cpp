//===- SimplifyTest.cpp - Fewer blocks for the same paths -----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "../model/Check.h"
#include "Builder.h"

using namespace netdev;
using ir::ExprKind;
using ir::TermKind;

static ir::ExprId number(Builder &B, int64_t N) {
  return B.expr(ExprKind::Int, N);
}

/// `do { a(); } while (0); b(); return`, with a block that nothing leads to.
static void testOnce() {
  Builder B(6);
  B.jump(0, 1);
  B.call(1, "a", 0);
  B.jump(1, 2);
  B.branch(2, number(B, 0), 1, 3);
  B.call(3, "b", 0);
  B.jump(3, 4);
  B.leave(4);
  B.call(5, "c", 0);
  B.jump(5, 4);
  simplify(B.U, B.F);
  CHECK_EQ(B.F.Blocks.size(), size_t(1));
  CHECK_EQ(B.F.Blocks[0].Insts.size(), size_t(2));
  CHECK(B.U.text(B.F.Blocks[0].Insts[1].Callee) == "b");
  CHECK(B.F.Blocks[0].Term.Kind == TermKind::Return);
}

/// A loop stays one, also one with nothing in it, and one at the entry.
static void testLoops() {
  Builder B(4);
  B.jump(0, 1);
  B.branch(1, B.load(0), 2, 3);
  B.call(2, "a", 0);
  B.jump(2, 1);
  B.leave(3);
  simplify(B.U, B.F);
  CHECK_EQ(B.F.Blocks.size(), size_t(4)); // the entry, which no loop leads to
  CHECK(ir::mayReach(B.F, 1, 1));
  CHECK(!ir::mayReach(B.F, 0, 0));

  Builder Endless(2);
  Endless.jump(0, 1);
  Endless.jump(1, 1);
  simplify(Endless.U, Endless.F);
  CHECK(ir::mayReach(Endless.F, 1, 1));

  Builder Entry(1);
  Entry.call(0, "a", 0);
  Entry.jump(0, 0);
  simplify(Entry.U, Entry.F);
  CHECK_EQ(Entry.F.Blocks.size(), size_t(1));
  CHECK(ir::mayReach(Entry.F, 0, 0));
}

/// `if (p->x) ; return`: the condition is still evaluated.
static void testEmptyArms() {
  Builder B(4);
  B.branch(0, B.at(B.member(0, "x")), 1, 2);
  B.jump(1, 3);
  B.jump(2, 3);
  B.leave(3);
  simplify(B.U, B.F);
  CHECK_EQ(B.F.Blocks.size(), size_t(1));
  CHECK_EQ(B.F.Blocks[0].Insts.size(), size_t(1));
  CHECK(B.F.Blocks[0].Insts[0].Kind == ir::InstKind::Eval);
}

/// `switch (2)`: the case, the first of two that hold, or what is left.
static void testSwitch() {
  for (int64_t Value : {2, 7}) {
    Builder B(4);
    ir::Terminator &T = B.F.Blocks[0].Term;
    T.Kind = TermKind::Switch;
    T.Cond = number(B, Value);
    T.Succ = 1;
    T.Cases = {{1, 3, 2}, {2, 2, 3}};
    for (uint32_t To : {1, 2, 3}) {
      B.set(To, 0, number(B, To));
      B.leave(To);
    }
    simplify(B.U, B.F);
    CHECK_EQ(B.F.Blocks.size(), size_t(1));
    CHECK_EQ(B.U.get(B.F.Blocks[0].Insts.at(0).Value).Int,
             (Value == 2 ? 2 : 1));
  }
}

/// Both arms lead on, and meet: two ways in are no reason to join.
static void testDiamond() {
  Builder B(5);
  B.branch(0, B.load(0), 1, 2);
  B.call(1, "a", 0);
  B.jump(1, 3);
  B.jump(2, 3);
  B.call(3, "b", 0);
  B.jump(3, 4);
  B.leave(4);
  simplify(B.U, B.F);
  CHECK_EQ(B.F.Blocks.size(), size_t(3));
  CHECK_EQ(B.F.Blocks[0].Term.Succ, 1u);
  CHECK_EQ(B.F.Blocks[0].Term.Else, 2u);
  CHECK(B.F.Blocks[2].Term.Kind == TermKind::Return);
}

int main() {
  testOnce();
  testLoops();
  testEmptyArms();
  testSwitch();
  testDiamond();
  return Failures != 0;
}
