//===- FunctionLowering.h - One function body to facts ----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Lowers one function: the CFG that Clang builds, with its elements turned
/// into assignments, calls and tests over access paths. Private to lib/lower.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_LOWER_FUNCTIONLOWERING_H
#define NETDEV_LINT_LOWER_FUNCTIONLOWERING_H

#include "lower/UnitLowering.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"

namespace netdev {

class FunctionLowering {
public:
  FunctionLowering(UnitLowering &Unit, const clang::FunctionDecl &FD)
      : UL(Unit), U(Unit.unit()), Ctx(Unit.context()), FD(FD) {}

  /// The facts of the function; without blocks if Clang builds no CFG for it.
  ir::Function run();

private:
  // LowerExpr.cpp
  ir::ExprId rvalue(const clang::Expr *E);
  ir::ExprId lvalue(const clang::Expr *E);
  ir::ExprId rvalueOfCast(const clang::CastExpr *C);
  ir::ExprId rvalueOfUnary(const clang::UnaryOperator *O);
  ir::ExprId rvalueOfBinary(const clang::BinaryOperator *B);
  ir::ExprId containerOf(const clang::BinaryOperator *B);
  ir::ExprId constant(const clang::Expr *E);
  ir::ExprId load(ir::ExprId Address);
  ir::ExprId intExpr(int64_t V);
  ir::ExprId temp(int64_t N);
  ir::ExprId local(const clang::VarDecl *V);
  ir::ExprId global(const clang::VarDecl *V);
  ir::ExprId func(const clang::FunctionDecl *F);
  ir::ExprId field(ir::ExprId Base, const clang::FieldDecl *F);
  ir::ExprId binary(llvm::StringRef Op, ir::ExprId A, ir::ExprId B);

  // FunctionLowering.cpp
  void findArms(const clang::Stmt *S);
  void element(const clang::CFGElement &E);
  void statement(const clang::Stmt *S);
  void call(const clang::CallExpr *C);
  void assignment(const clang::BinaryOperator *B);
  void increment(const clang::UnaryOperator *O);
  void declaration(const clang::DeclStmt *D);
  void initialise(ir::ExprId Address, const clang::Expr *Init);
  void store(ir::ExprId Address, ir::ExprId Value, clang::QualType Type,
             const clang::Stmt *At, bool Init);
  void terminator(const clang::CFGBlock &B, ir::Block &Out);
  void switchOn(const clang::CFGBlock &B, const clang::SwitchStmt *S,
                ir::Terminator &T);
  uint32_t blockId(const clang::CFGBlock *B);
  uint32_t unreachableBlock();
  int64_t newTemp() { return NextTemp++; }

  UnitLowering &UL;
  ir::Unit &U;
  clang::ASTContext &Ctx;
  const clang::FunctionDecl &FD;
  ir::Function Out;
  ir::Block *Cur = nullptr;
  int64_t NextTemp = 0;
  /// Value of an expression that has already been evaluated for its effect.
  llvm::DenseMap<const clang::Expr *, ir::ExprId> Done;
  /// `?:` whose arm this expression is: it leaves its value in the temp.
  llvm::DenseMap<const clang::Expr *, const clang::Expr *> ArmOf;
  llvm::DenseMap<const clang::VarDecl *, uint32_t> VarIndex;
  llvm::DenseMap<const clang::Expr *, uint32_t> LiteralVar;
  llvm::DenseMap<const clang::CFGBlock *, uint32_t> BlockIndex;
  uint32_t Unreachable = 0;
};

} // namespace netdev

#endif // NETDEV_LINT_LOWER_FUNCTIONLOWERING_H
