//===- FaintTest.cpp - Numbers that no path depends on --------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "../ir/Builder.h"
#include "../model/Check.h"
#include "engine/Program.h"

using namespace netdev;
using ir::ExprKind;

int main() {
  Builder B(3);
  B.var("struct card *"); // 0, the parameter
  B.var("i32");           // 1 is what a test is worked out from
  B.var("i32");           // 2 is tested
  B.var("i32");           // 3: its address is given away
  B.var("i32");           // 4 goes where nothing comes back
  B.var("struct card *"); // 5 is no number
  B.F.Name = B.U.str("f");
  B.F.ReturnType = B.U.str("void");
  B.F.NumParams = 1;

  B.store(0, B.member(0, "count"), B.at(B.member(0, "count")));
  B.store(0, B.member(0, "total"), B.at(B.member(0, "count")));
  B.store(0, B.member(0, "from"), B.load(1));
  B.store(0, B.member(0, "tested"), B.at(B.member(0, "from")));
  B.set(0, 1, B.at(B.member(0, "written")));
  B.store(0, B.member(0, "written"), B.load(1));
  B.call(0, "writel", B.at(B.member(0, "total")));
  B.call(0, "hand_out", B.member(0, "shared"));
  B.store(0, B.member(0, "shared"), B.load(1));
  B.call(0, "hand_out", B.expr(ExprKind::Local, 3));
  B.set(0, 2, B.load(3));
  B.set(0, 4, B.load(2));
  B.call(0, "writel", B.load(4));
  B.branch(0, B.at(B.member(0, "tested")), 1, 2);
  B.branch(1, B.load(2), 2, 2);
  B.leave(2);
  B.U.Functions.push_back(B.F);

  Model M = Model::builtin();
  ValueTable T;
  const ir::Unit *Units[] = {&B.U};
  Program P(Units, M, T);
  auto Is = [&](llvm::StringRef Name) { return P.isFaint(T.name(Name)); };
  CHECK(Is("count")); // adds up to itself
  CHECK(Is("total")); // goes where nothing comes back from
  CHECK(!Is("tested"));
  CHECK(!Is("from"));    // what is tested is worked out from it
  CHECK(!Is("written")); // and from this, by way of variable 1
  CHECK(!Is("shared"));  // its address is known elsewhere
  const llvm::BitVector &Faint = P.func(0).Faint;
  CHECK(!Faint.test(0));
  CHECK(!Faint.test(1));
  CHECK(!Faint.test(2));
  CHECK(!Faint.test(3));
  CHECK(Faint.test(4));
  CHECK(!Faint.test(5));
  return Failures != 0;
}
