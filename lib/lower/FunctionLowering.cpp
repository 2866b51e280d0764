//===- FunctionLowering.cpp - One function body to facts --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lower/FunctionLowering.h"
#include "lower/Statements.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using namespace netdev;
using ir::ExprId;
using ir::ExprKind;
using ir::TermKind;

/// Reachable blocks in reverse post-order: the order of ids says nothing about
/// how Clang numbers its blocks. (Clang's iterators trip over pruned edges.)
static std::vector<const CFGBlock *> reversePostOrder(const CFG &G) {
  std::vector<const CFGBlock *> Order;
  llvm::SmallPtrSet<const CFGBlock *, 32> Seen{&G.getEntry()};
  std::vector<std::pair<const CFGBlock *, CFGBlock::const_succ_iterator>> Stack{
      {&G.getEntry(), G.getEntry().succ_begin()}};
  while (!Stack.empty()) {
    auto &[B, It] = Stack.back();
    if (It == B->succ_end()) {
      Order.push_back(B);
      Stack.pop_back();
      continue;
    }
    const CFGBlock *To = (It++)->getReachableBlock();
    if (To && Seen.insert(To).second)
      Stack.push_back({To, To->succ_begin()});
  }
  std::reverse(Order.begin(), Order.end());
  return Order;
}

ir::Function FunctionLowering::run() {
  Out.Name = U.str(FD.getName());
  Out.ReturnType = UL.type(FD.getReturnType());
  Out.Static = !FD.isExternallyVisible();
  Out.Variadic = FD.isVariadic();
  Out.NumParams = FD.getNumParams();
  Out.Where = UL.loc(SourceRange(FD.getLocation(), FD.getLocation()));
  for (const ParmVarDecl *P : FD.parameters())
    local(P);

  CFG::BuildOptions Opts;
  Opts.setAllAlwaysAdd();
  Opts.PruneTriviallyFalseEdges = true;
  Opts.AddImplicitDtors = true; // else cleanup attributes leave no trace
  std::unique_ptr<CFG> G = CFG::buildCFG(&FD, FD.getBody(), &Ctx, Opts);
  if (!G)
    return std::move(Out);
  findArms(FD.getBody());

  std::vector<const CFGBlock *> Order = reversePostOrder(*G);
  for (const CFGBlock *B : Order)
    BlockIndex.try_emplace(B, BlockIndex.size());
  Out.Blocks.resize(BlockIndex.size() + 1);
  Unreachable = BlockIndex.size();
  for (const CFGBlock *B : Order) {
    Cur = &Out.Blocks[BlockIndex[B]];
    for (const CFGElement &E : *B)
      element(E);
    terminator(*B, *Cur);
  }
  ir::simplify(U, Out);
  Out.Stmts = statements(UL, FD);
  return std::move(Out);
}

/// Notes for each arm of a `?:` which one it belongs to: the CFG evaluates the
/// arms in blocks of their own, and the result is used where they join.
void FunctionLowering::findArms(const Stmt *S) {
  if (!S)
    return;
  if (const auto *C = dyn_cast<AbstractConditionalOperator>(S)) {
    // `c ? free(a), x : y` and friends; void arms leave no value.
    if (!C->getType()->isVoidType()) {
      ArmOf[C->getTrueExpr()->IgnoreParens()] = C;
      ArmOf[C->getFalseExpr()->IgnoreParens()] = C;
    }
  }
  for (const Stmt *Child : S->children())
    findArms(Child);
}

void FunctionLowering::element(const CFGElement &E) {
  if (auto S = E.getAs<CFGStmt>())
    return statement(S->getStmt());
  if (auto C = E.getAs<CFGCleanupFunction>()) {
    ir::Inst I;
    I.Kind = ir::InstKind::Call;
    I.Cleanup = true;
    I.Callee = U.str(C->getFunctionDecl()->getName());
    I.Args.push_back(local(C->getVarDecl()));
    I.Temp = newTemp();
    I.Where = UL.loc(SourceRange(C->getVarDecl()->getLocation(),
                                 C->getVarDecl()->getLocation()));
    Cur->Insts.push_back(std::move(I));
  }
}

void FunctionLowering::store(ExprId Address, ExprId Value, QualType Type,
                             const Stmt *At, bool Init) {
  ir::Inst I;
  I.Kind = ir::InstKind::Assign;
  I.Dst = Address;
  I.Value = Value;
  I.Init = Init;
  I.Type = UL.type(Type);
  I.Macro = UL.macroOf(At->getBeginLoc());
  I.Where = UL.loc(At->getSourceRange());
  Cur->Insts.push_back(std::move(I));
}

void FunctionLowering::statement(const Stmt *S) {
  if (const auto *C = dyn_cast<CallExpr>(S)) {
    call(C);
  } else if (const auto *B = dyn_cast<BinaryOperator>(S)) {
    if (B->isAssignmentOp())
      assignment(B);
  } else if (const auto *O = dyn_cast<UnaryOperator>(S)) {
    if (O->isIncrementDecrementOp())
      increment(O);
  } else if (const auto *D = dyn_cast<DeclStmt>(S)) {
    declaration(D);
  } else if (const auto *L = dyn_cast<CompoundLiteralExpr>(S)) {
    initialise(lvalue(L), L->getInitializer());
  } else if (const auto *R = dyn_cast<ReturnStmt>(S)) {
    Cur->Term.Kind = TermKind::Return;
    Cur->Term.Where = UL.loc(R->getSourceRange());
    if (const Expr *V = R->getRetValue()) {
      // Cleanups run between here and the caller: keep the value.
      ir::Inst I;
      I.Kind = ir::InstKind::Assign;
      I.Temp = newTemp();
      I.Value = rvalue(V);
      I.Type = UL.type(V->getType());
      I.Where = Cur->Term.Where;
      Cur->Term.Cond = temp(I.Temp);
      Cur->Insts.push_back(std::move(I));
    }
  } else if (const auto *A = dyn_cast<AsmStmt>(S)) {
    for (unsigned N = 0; N < A->getNumOutputs(); ++N)
      store(lvalue(A->getOutputExpr(N)), 0, A->getOutputExpr(N)->getType(), A,
            false);
  }
  const auto *E = dyn_cast<Expr>(S);
  if (!E)
    return;
  E = E->IgnoreParens();
  auto Arm = ArmOf.find(E);
  if (Arm == ArmOf.end())
    return;
  // The last step of an arm: leave its value where the whole is looked up.
  ir::Inst I;
  I.Kind = ir::InstKind::Assign;
  I.Value = rvalue(E);
  I.Type = UL.type(E->getType());
  I.Where = UL.loc(E->getSourceRange());
  auto [It, New] = Done.try_emplace(Arm->second->IgnoreParens(), 0);
  if (New)
    It->second = temp(newTemp());
  I.Temp = U.get(It->second).Int;
  Cur->Insts.push_back(std::move(I));
}

void FunctionLowering::call(const CallExpr *C) {
  const FunctionDecl *F = C->getDirectCallee();
  if (F && F->getBuiltinID()) {
    llvm::StringRef Name = F->getName();
    if (Name.starts_with("__builtin_expect")) {
      Done[C] = rvalue(C->getArg(0));
      return;
    }
    if (Name == "__builtin_constant_p") {
      ExprId V = constant(C);
      Done[C] = V ? V : intExpr(0);
      return;
    }
    if (ExprId V = constant(C)) {
      Done[C] = V;
      return;
    }
  }
  ir::Inst I;
  I.Kind = ir::InstKind::Call;
  if (F) {
    I.Callee = U.str(UL.name(F));
    UL.uses(F);
  } else {
    I.Target = rvalue(C->getCallee());
  }
  for (const Expr *A : C->arguments())
    I.Args.push_back(rvalue(A));
  I.Temp = newTemp();
  I.Type = UL.type(C->getType());
  I.Macro = UL.macroOf(C->getBeginLoc());
  I.Where = UL.loc(C->getSourceRange());
  Done[C] = temp(I.Temp);
  Cur->Insts.push_back(std::move(I));
}

void FunctionLowering::assignment(const BinaryOperator *B) {
  ExprId Address = lvalue(B->getLHS());
  ExprId Value;
  if (B->isCompoundAssignmentOp()) {
    llvm::StringRef Op = B->getOpcodeStr();
    Value = binary(Op.drop_back(), load(Address), rvalue(B->getRHS()));
  } else {
    Value = rvalue(B->getRHS());
  }
  store(Address, Value, B->getType(), B, false);
  Done[B] = B->isCompoundAssignmentOp() ? load(Address) : Value;
}

void FunctionLowering::increment(const UnaryOperator *O) {
  ExprId Address = lvalue(O->getSubExpr());
  ir::Expr E;
  E.Kind = O->getType()->isPointerType() ? ExprKind::Index : ExprKind::Binary;
  if (E.Kind == ExprKind::Binary)
    E.Op = U.str(O->isIncrementOp() ? "+" : "-");
  E.A = load(Address);
  E.B = intExpr(E.Kind == ExprKind::Index && !O->isIncrementOp() ? -1 : 1);
  store(Address, U.expr(E), O->getType(), O, false);
}

void FunctionLowering::declaration(const DeclStmt *D) {
  for (const Decl *Each : D->decls()) {
    const auto *V = dyn_cast<VarDecl>(Each);
    if (!V)
      continue;
    if (V->isStaticLocal()) {
      UL.global(V, FD.getName());
      continue;
    }
    if (!V->hasLocalStorage())
      continue;
    ExprId Address = local(V);
    if (const Expr *Init = V->getInit()) {
      const Expr *E = Init->IgnoreParens();
      if (isa<InitListExpr, CompoundLiteralExpr>(E))
        initialise(Address, E);
      else
        store(Address, rvalue(Init), V->getType(), D, true);
    }
  }
}

void FunctionLowering::initialise(ExprId Address, const Expr *Init) {
  Init = Init->IgnoreParens();
  if (const auto *C = dyn_cast<CompoundLiteralExpr>(Init))
    Init = C->getInitializer();
  const auto *L = dyn_cast<InitListExpr>(Init);
  if (!L)
    return store(Address, rvalue(Init), Init->getType(), Init, true);
  if (!L->isSemanticForm() && L->getSemanticForm())
    L = L->getSemanticForm();
  if (const RecordDecl *R = L->getType()->getAsRecordDecl()) {
    if (R->isUnion()) {
      if (const FieldDecl *F = L->getInitializedFieldInUnion())
        if (L->getNumInits())
          initialise(field(Address, F), L->getInit(0));
      return;
    }
    unsigned I = 0;
    for (const FieldDecl *F : R->fields()) {
      if (F->isUnnamedBitField())
        continue;
      if (I >= L->getNumInits())
        break;
      initialise(field(Address, F), L->getInit(I++));
    }
    return;
  }
  if (L->getType()->isScalarType() && L->getNumInits() == 1)
    return store(Address, rvalue(L->getInit(0)), L->getType(), L, true);
  if (L->getType()->isArrayType() &&
      L->getType()->getBaseElementTypeUnsafe()->isArithmeticType())
    return;
  for (unsigned I = 0; I < L->getNumInits(); ++I) {
    ir::Expr E;
    E.Kind = ExprKind::Index;
    E.A = Address;
    E.B = intExpr(I);
    initialise(U.expr(E), L->getInit(I));
  }
}

uint32_t FunctionLowering::blockId(const CFGBlock *B) {
  auto It = BlockIndex.find(B);
  return It == BlockIndex.end() ? Unreachable : It->second;
}

void FunctionLowering::switchOn(const CFGBlock &B, const SwitchStmt *S,
                                ir::Terminator &T) {
  T.Kind = TermKind::Switch;
  T.Cond = rvalue(S->getCond());
  T.Succ = Unreachable;
  for (const CFGBlock::AdjacentBlock &Adj : B.succs()) {
    const CFGBlock *To = Adj.getReachableBlock();
    if (!To)
      continue;
    const auto *Case = dyn_cast_or_null<CaseStmt>(To->getLabel());
    if (!Case) {
      T.Succ = blockId(To);
      continue;
    }
    ir::SwitchCase C;
    C.Lo = Case->getLHS()->EvaluateKnownConstInt(Ctx).getExtValue();
    C.Hi = Case->getRHS()
               ? Case->getRHS()->EvaluateKnownConstInt(Ctx).getExtValue()
               : C.Lo;
    C.Succ = blockId(To);
    T.Cases.push_back(C);
  }
}

void FunctionLowering::terminator(const CFGBlock &B, ir::Block &Block) {
  ir::Terminator &T = Block.Term;
  if (T.Kind == TermKind::Return)
    return;
  const Stmt *S = B.getTerminatorStmt();
  if (S)
    T.Where = UL.loc(SourceRange(S->getBeginLoc(), S->getBeginLoc()));
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(S))
    return switchOn(B, Switch, T);

  llvm::SmallVector<const CFGBlock *, 4> Succs;
  for (const CFGBlock::AdjacentBlock &Adj : B.succs())
    Succs.push_back(Adj.getReachableBlock());
  if (Succs.empty()) {
    T.Kind = TermKind::Unreachable;
    if (&B == &B.getParent()->getExit()) {
      T.Kind = TermKind::Return;
      T.Where = UL.loc(SourceRange(FD.getBodyRBrace(), FD.getBodyRBrace()));
    }
    return;
  }
  if (Succs.size() == 1) {
    // A call of a noreturn function leads straight to the exit.
    if (B.hasNoReturnElement()) {
      T.Kind = TermKind::Unreachable;
      return;
    }
    T.Kind = TermKind::Jump;
    T.Succ = blockId(Succs[0]);
    return;
  }
  const Expr *Cond = B.getLastCondition();
  if (Succs.size() == 2 && Cond && !isa_and_nonnull<AsmStmt>(S)) {
    T.Kind = TermKind::Branch;
    T.Cond = rvalue(Cond);
    T.Succ = blockId(Succs[0]);
    T.Else = blockId(Succs[1]);
    T.Where = UL.loc(Cond->getSourceRange());
    return;
  }
  // asm goto, computed goto: any of them.
  T.Kind = TermKind::Switch;
  T.Succ = blockId(Succs[0]);
  for (unsigned I = 1; I < Succs.size(); ++I)
    T.Cases.push_back({int64_t(I), int64_t(I), blockId(Succs[I])});
}
