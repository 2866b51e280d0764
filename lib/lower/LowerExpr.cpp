//===- LowerExpr.cpp - C expressions to access paths ------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lower/FunctionLowering.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecordLayout.h"

using namespace clang;
using namespace netdev;
using ir::ExprId;
using ir::ExprKind;

ExprId FunctionLowering::load(ExprId Address) {
  ir::Expr E;
  E.Kind = ExprKind::Load;
  E.A = Address;
  return Address ? U.expr(E) : 0;
}

ExprId FunctionLowering::intExpr(int64_t V) {
  ir::Expr E;
  E.Kind = ExprKind::Int;
  E.Int = V;
  return U.expr(E);
}

ExprId FunctionLowering::temp(int64_t N) {
  ir::Expr E;
  E.Kind = ExprKind::Temp;
  E.Int = N;
  return U.expr(E);
}

ExprId FunctionLowering::local(const VarDecl *V) {
  auto [It, New] = VarIndex.try_emplace(V, Out.Vars.size());
  if (New) {
    ir::Var Var;
    Var.Name = U.str(UL.name(V));
    Var.Type = UL.type(V->getType());
    if (const auto *A = V->getAttr<CleanupAttr>()) {
      Var.CleanupFn = U.str(A->getFunctionDecl()->getName());
      UL.needsBody(A->getFunctionDecl());
    }
    Out.Vars.push_back(Var);
  }
  ir::Expr E;
  E.Kind = ExprKind::Local;
  E.Int = It->second;
  return U.expr(E);
}

ExprId FunctionLowering::global(const VarDecl *V) {
  ir::Expr E;
  E.Kind = ExprKind::Global;
  E.Name = U.str(UL.globalName(V));
  E.Type = UL.type(V->getType());
  return U.expr(E);
}

ExprId FunctionLowering::func(const FunctionDecl *F) {
  UL.uses(F);
  ir::Expr E;
  E.Kind = ExprKind::Func;
  E.Name = U.str(UL.name(F));
  return U.expr(E);
}

ExprId FunctionLowering::field(ExprId Base, const FieldDecl *F) {
  if (F->getName().empty())
    return Base; // members of an anonymous struct belong to the outer one
  ir::Expr E;
  E.Kind = ExprKind::Field;
  E.Name = U.str(F->getName());
  E.Record = U.str(UL.recordName(F->getParent()));
  E.Type = UL.type(F->getType());
  E.A = Base;
  return U.expr(E);
}

ExprId FunctionLowering::binary(llvm::StringRef Op, ExprId A, ExprId B) {
  ir::Expr E;
  E.Kind = ExprKind::Binary;
  E.Op = U.str(Op);
  E.A = A;
  E.B = B;
  return U.expr(E);
}

ExprId FunctionLowering::constant(const Expr *E) {
  if (!E->getType()->isIntegralOrEnumerationType() || E->isValueDependent())
    return 0;
  Expr::EvalResult R;
  if (!E->EvaluateAsInt(R, Ctx, Expr::SE_NoSideEffects))
    return 0;
  return intExpr(R.Val.getInt().getExtValue());
}

/// The expression that gives a statement expression its value; null if none.
static const Expr *resultOf(const StmtExpr *S) {
  const CompoundStmt *Body = S->getSubStmt();
  const Stmt *Last = Body->body_empty() ? nullptr : Body->body_back();
  while (const auto *L = dyn_cast_or_null<LabelStmt>(Last))
    Last = L->getSubStmt();
  return dyn_cast_or_null<Expr>(Last);
}

ExprId FunctionLowering::lvalue(const Expr *E) {
  E = E->IgnoreParens();
  if (auto It = Done.find(E); It != Done.end())
    return It->second;
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *F = dyn_cast<FunctionDecl>(D->getDecl()))
      return func(F);
    const auto *V = dyn_cast<VarDecl>(D->getDecl());
    if (!V)
      return 0;
    return V->hasLocalStorage() ? local(V) : global(V);
  }
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
    if (!F)
      return 0;
    return field(M->isArrow() ? rvalue(M->getBase()) : lvalue(M->getBase()), F);
  }
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
    ir::Expr I;
    I.Kind = ExprKind::Index;
    I.A = rvalue(A->getBase());
    I.B = rvalue(A->getIdx());
    return U.expr(I);
  }
  if (const auto *O = dyn_cast<UnaryOperator>(E)) {
    if (O->getOpcode() == UO_Deref)
      return rvalue(O->getSubExpr());
    if (O->getOpcode() == UO_Extension)
      return lvalue(O->getSubExpr());
  }
  if (const auto *C = dyn_cast<CastExpr>(E))
    return lvalue(C->getSubExpr());
  if (const auto *L = dyn_cast<CompoundLiteralExpr>(E)) {
    auto [It, New] = LiteralVar.try_emplace(L, Out.Vars.size());
    if (New) {
      ir::Var Var;
      Var.Name = U.str("(literal)");
      Var.Type = UL.type(L->getType());
      Out.Vars.push_back(Var);
    }
    ir::Expr I;
    I.Kind = ExprKind::Local;
    I.Int = It->second;
    return U.expr(I);
  }
  if (const auto *S = dyn_cast<clang::StringLiteral>(E)) {
    ir::Expr I;
    I.Kind = ExprKind::Str;
    I.Name = U.str(S->getString());
    return U.expr(I);
  }
  if (const auto *G = dyn_cast<GenericSelectionExpr>(E))
    return lvalue(G->getResultExpr());
  if (const auto *C = dyn_cast<ChooseExpr>(E))
    return lvalue(C->getChosenSubExpr());
  if (const auto *S = dyn_cast<StmtExpr>(E)) // a struct made by a macro
    if (const Expr *Last = resultOf(S))
      return lvalue(Last);
  return 0;
}

/// `(type *)((char *)ptr - offsetof(type, member))`
/// (include/linux/container_of.h).
ExprId FunctionLowering::containerOf(const BinaryOperator *B) {
  const auto *Off = dyn_cast<OffsetOfExpr>(B->getRHS()->IgnoreParenCasts());
  if (!Off || B->getOpcode() != BO_Sub)
    return 0;
  ExprId Address = rvalue(B->getLHS());
  for (unsigned I = Off->getNumComponents(); I-- > 0;) {
    const OffsetOfNode &N = Off->getComponent(I);
    if (N.getKind() != OffsetOfNode::Field)
      return 0;
    if (N.getField()->getName().empty())
      continue;
    ir::Expr E;
    E.Kind = ExprKind::ContainerOf;
    E.Name = U.str(N.getField()->getName());
    E.Record = U.str(UL.recordName(N.getField()->getParent()));
    E.A = Address;
    Address = U.expr(E);
  }
  return Address;
}

ExprId FunctionLowering::rvalueOfBinary(const BinaryOperator *B) {
  if (B->getOpcode() == BO_Comma)
    return rvalue(B->getRHS());
  if (B->isCompoundAssignmentOp())
    return load(lvalue(B->getLHS()));
  if (B->isAssignmentOp())
    return rvalue(B->getRHS());
  if (ExprId C = containerOf(B))
    return C;
  if (B->getType()->isPointerType()) {
    // p + n is &p[n]; what p - n points at is not known.
    if (B->getOpcode() != BO_Add)
      return 0;
    bool Left = B->getLHS()->getType()->isPointerType();
    ir::Expr E;
    E.Kind = ExprKind::Index;
    E.A = rvalue(Left ? B->getLHS() : B->getRHS());
    E.B = rvalue(Left ? B->getRHS() : B->getLHS());
    return U.expr(E);
  }
  return binary(B->getOpcodeStr(), rvalue(B->getLHS()), rvalue(B->getRHS()));
}

ExprId FunctionLowering::rvalueOfUnary(const UnaryOperator *O) {
  switch (O->getOpcode()) {
  case UO_AddrOf:
    return lvalue(O->getSubExpr());
  case UO_Deref:
    return load(rvalue(O->getSubExpr()));
  case UO_Plus:
  case UO_Extension:
    return rvalue(O->getSubExpr());
  case UO_LNot:
  case UO_Minus:
  case UO_Not: {
    ir::Expr E;
    E.Kind = ExprKind::Unary;
    E.Op = U.str(UnaryOperator::getOpcodeStr(O->getOpcode()));
    E.A = rvalue(O->getSubExpr());
    return U.expr(E);
  }
  default: // ++, --
    return load(lvalue(O->getSubExpr()));
  }
}

ExprId FunctionLowering::rvalueOfCast(const CastExpr *C) {
  const Expr *Sub = C->getSubExpr();
  switch (C->getCastKind()) {
  case CK_LValueToRValue:
    return load(lvalue(Sub));
  case CK_ArrayToPointerDecay:
  case CK_FunctionToPointerDecay:
    return lvalue(Sub);
  case CK_NullToPointer:
    return intExpr(0);
  case CK_ToVoid:
    rvalue(Sub);
    return 0;
  default:
    return rvalue(Sub);
  }
}

ExprId FunctionLowering::rvalue(const Expr *E) {
  if (!E)
    return 0;
  E = E->IgnoreParens();
  if (auto It = Done.find(E); It != Done.end())
    return It->second;
  if (const auto *C = dyn_cast<CastExpr>(E))
    return rvalueOfCast(C);
  if (E->isGLValue() && !E->getType()->isFunctionType())
    // A struct used as a value, or a operand of sizeof & co.
    return load(lvalue(E));
  if (isa<clang::IntegerLiteral, clang::CharacterLiteral, DeclRefExpr,
          UnaryExprOrTypeTraitExpr, OffsetOfExpr, TypeTraitExpr>(E))
    return constant(E);
  if (const auto *O = dyn_cast<UnaryOperator>(E)) {
    if (O->getOpcode() == UO_Minus || O->getOpcode() == UO_Not)
      if (ExprId V = constant(E))
        return V;
    return rvalueOfUnary(O);
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (!B->isAssignmentOp() && !B->getType()->isPointerType())
      if (ExprId V = constant(E))
        return V;
    return rvalueOfBinary(B);
  }
  if (const auto *S = dyn_cast<clang::StringLiteral>(E))
    return lvalue(S);
  if (const auto *S = dyn_cast<StmtExpr>(E)) {
    const Expr *Last = resultOf(S);
    return Last ? rvalue(Last) : 0;
  }
  if (const auto *O = dyn_cast<OpaqueValueExpr>(E))
    return rvalue(O->getSourceExpr());
  if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
    // Both arms may be known to be the same, or the test be a constant.
    Expr::EvalResult R;
    if (C->getCond()->EvaluateAsInt(R, Ctx, Expr::SE_NoSideEffects))
      return rvalue(R.Val.getInt() != 0 ? C->getTrueExpr() : C->getFalseExpr());
    return 0;
  }
  if (const auto *C = dyn_cast<ChooseExpr>(E))
    return rvalue(C->getChosenSubExpr());
  if (const auto *G = dyn_cast<GenericSelectionExpr>(E))
    return rvalue(G->getResultExpr());
  if (const auto *C = dyn_cast<ConstantExpr>(E))
    return rvalue(C->getSubExpr());
  return 0;
}
