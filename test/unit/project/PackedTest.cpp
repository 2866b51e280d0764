//===- PackedTest.cpp - Packed facts, whole and damaged -------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "ir/Serialize.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace netdev;

static int Failures = 0;

static void expect(bool Ok, int Line, const char *What) {
  if (!Ok) {
    errs() << "PackedTest.cpp:" << Line << ": failed: " << What << "\n";
    ++Failures;
  }
}
#define EXPECT(C) expect((C), __LINE__, #C)

/// `int f(void) { return g(-7); }` and a table, with what packing could lose.
static ir::Unit sample() {
  ir::Unit U;
  U.File = "a/b.c";
  U.Kernel = 0x60c15;
  ir::Expr E;
  E.Kind = ir::ExprKind::Int;
  E.Int = INT64_MIN;
  ir::ExprId Least = U.expr(E);
  E.Int = -7;
  ir::ExprId Seven = U.expr(E);
  E = {};
  E.Kind = ir::ExprKind::Unary;
  E.Op = U.str("-");
  E.A = Seven;
  ir::ExprId Minus = U.expr(E);
  ir::Inst Call;
  Call.Kind = ir::InstKind::Call;
  Call.Cleanup = true;
  Call.Callee = U.str("g");
  Call.Args = {Minus, Least};
  Call.Temp = 3;
  Call.Where = {U.str("a/b.c"), 12, 3, 100, 11, 1, 90}; // ends before it begins
  ir::Function F;
  F.Name = U.str("f");
  F.Vars = {{U.str("v"), U.str("int"), 0}};
  F.NumParams = 1;
  F.Blocks.resize(2);
  F.Blocks[0].Insts = {Call};
  F.Blocks[0].Term.Kind = ir::TermKind::Switch;
  F.Blocks[0].Term.Cases = {{-4095, -1, 1}};
  F.Stmts = {{10, 1, 20, 5, 0, true, false, true}};
  U.Functions = {F};
  U.Globals.emplace_back();
  U.Globals[0].Init = {{U.str("[0].name"), Least, {}}};
  U.Elsewhere = {U.str("g")};
  return U;
}

int main() {
  const std::string Json = ir::store(sample()), Bytes = ir::pack(sample());
  Expected<ir::Unit> Read = ir::load(Json);
  EXPECT(bool(Read) && ir::store(*Read) == Json && ir::pack(*Read) == Bytes);
  auto Unpacked = ir::unpack(Bytes);
  EXPECT(Unpacked && ir::store(*Unpacked) == Json);
  for (size_t N = 0; N != Bytes.size(); ++N)
    EXPECT(!ir::unpack(StringRef(Bytes).take_front(N)));
  EXPECT(!ir::unpack(Bytes + "x"));
  // Whatever a changed byte makes of it, it is refused or sound.
  for (size_t N = 0; N != Bytes.size(); ++N)
    for (char C : {'\0', '\x01', '\x7f', '\xff'}) {
      std::string Wrong = Bytes;
      Wrong[N] = C;
      if (auto U = ir::unpack(Wrong))
        EXPECT(ir::isSound(*U));
    }
  ir::Unit Loop = sample();
  Loop.Exprs[1].A = 1; // an operand of itself
  EXPECT(!ir::isSound(Loop) && !ir::unpack(ir::pack(Loop)));
  if (Expected<ir::Unit> U = ir::load(ir::store(Loop)))
    EXPECT(false);
  else
    consumeError(U.takeError());
  return Failures ? 1 : 0;
}
