//===- Builder.h - Functions for the unit tests of facts ----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_TEST_UNIT_IR_BUILDER_H
#define NETDEV_LINT_TEST_UNIT_IR_BUILDER_H

#include "ir/IR.h"

namespace netdev {
/// Builds a function block by block.
struct Builder {
  ir::Unit U;
  ir::Function F;

  explicit Builder(size_t Blocks) { F.Blocks.resize(Blocks); }

  ir::ExprId expr(ir::ExprKind Kind, int64_t Int, ir::ExprId A = 0) {
    ir::Expr E;
    E.Kind = Kind;
    E.Int = Int;
    E.A = A;
    return U.expr(E);
  }
  ir::ExprId load(int64_t Var) {
    return expr(ir::ExprKind::Load, 0, expr(ir::ExprKind::Local, Var));
  }
  void jump(uint32_t B, uint32_t To) {
    F.Blocks[B].Term.Kind = ir::TermKind::Jump;
    F.Blocks[B].Term.Succ = To;
  }
  void branch(uint32_t B, ir::ExprId Cond, uint32_t Then, uint32_t Else) {
    ir::Terminator &T = F.Blocks[B].Term;
    T.Kind = ir::TermKind::Branch;
    T.Cond = Cond;
    T.Succ = Then;
    T.Else = Else;
  }
  void set(uint32_t B, int64_t Var, ir::ExprId Value) {
    store(B, expr(ir::ExprKind::Local, Var), Value);
  }
  void store(uint32_t B, ir::ExprId Dst, ir::ExprId Value) {
    ir::Inst I;
    I.Kind = ir::InstKind::Assign;
    I.Dst = Dst;
    I.Value = Value;
    F.Blocks[B].Insts.push_back(I);
  }
  /// `Name(Arg)`.
  void call(uint32_t B, llvm::StringRef Name, ir::ExprId Arg) {
    ir::Inst I;
    I.Kind = ir::InstKind::Call;
    I.Callee = U.str(Name);
    I.Args.push_back(Arg);
    F.Blocks[B].Insts.push_back(I);
  }
  /// A number of the name \p Name in what variable \p Var points to.
  ir::ExprId member(int64_t Var, llvm::StringRef Name) {
    ir::Expr E;
    E.Kind = ir::ExprKind::Field;
    E.Name = U.str(Name);
    E.Record = U.str("card");
    E.Type = U.str("u32");
    E.A = load(Var);
    return U.expr(E);
  }
  /// What is at the address \p A.
  ir::ExprId at(ir::ExprId A) { return expr(ir::ExprKind::Load, 0, A); }
  void var(llvm::StringRef Type) {
    F.Vars.emplace_back();
    F.Vars.back().Type = U.str(Type);
  }
  void leave(uint32_t B) { F.Blocks[B].Term.Kind = ir::TermKind::Return; }
};
} // namespace netdev

#endif // NETDEV_LINT_TEST_UNIT_IR_BUILDER_H
