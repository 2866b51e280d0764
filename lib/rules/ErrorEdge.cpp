//===- ErrorEdge.cpp - Where control goes after a failure -------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/ErrorEdge.h"
#include "model/Idioms.h"

using namespace netdev;
using ir::ExprId;
using ir::ExprKind;

bool netdev::tellsFailure(const ir::Unit &U, const ir::Inst &Call) {
  const HelperRow *H = findHelper(U.text(Call.Callee));
  return H ? H->Does == Helper::IsErr || H->Does == Helper::IsErrOrNull
           : U.text(Call.Type) == "i32";
}

bool netdev::comesBefore(const Program &P, const Place &A, const Place &B) {
  if (A.F != B.F)
    return false;
  const ir::Function &F = *P.func(A.F).F;
  if (A.B == B.B)
    return A.Inst < B.Inst;
  return ir::mayReach(F, A.B, B.B) && !ir::mayReach(F, B.B, A.B);
}

void netdev::forEachCallOf(const Program &P, FuncId Callee,
                           llvm::function_ref<void(const Place &)> Do) {
  for (FuncId F : P.func(Callee).Callers) {
    const FuncInfo &I = P.func(F);
    for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
      for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
        const ir::Inst &In = I.F->Blocks[B].Insts[N];
        if (In.Kind == ir::InstKind::Call && P.callee(I, In).Body == Callee)
          Do(Place{F, B, N});
      }
  }
}

ErrorEdge::ErrorEdge(const Program &P, FuncId F, uint32_t Block, uint32_t Inst)
    : U(*P.func(F).U) {
  const std::vector<ir::Inst> &Insts = P.func(F).F->Blocks[Block].Insts;
  for (ExprId Id = 1; Id < U.Exprs.size() && !Result; ++Id)
    if (U.get(Id).Kind == ExprKind::Temp && U.get(Id).Int == Insts[Inst].Temp)
      Result = Id;
  for (uint32_t N = Inst + 1; Result && N < Insts.size(); ++N)
    if (Insts[N].Kind == ir::InstKind::Assign && Insts[N].Temp < 0 &&
        Insts[N].Value == Result && U.get(Insts[N].Dst).Kind == ExprKind::Local)
      Variable = Insts[N].Dst;
}

int ErrorEdge::errorGoes(ExprId Cond, ExprId Failed) const {
  const ir::Expr &X = U.get(Cond);
  if (Cond == Failed)
    return 1;
  if (X.Kind == ExprKind::Unary && U.text(X.Op) == "!") {
    int Way = errorGoes(X.A, Failed);
    return Way < 0 ? Way : 1 - Way;
  }
  if (X.Kind != ExprKind::Binary || X.A != Failed ||
      U.get(X.B).Kind != ExprKind::Int || U.get(X.B).Int != 0)
    return -1;
  llvm::StringRef Op = U.text(X.Op);
  return Op == "!=" || Op == "<" ? 1 : Op == "==" || Op == ">=" ? 0 : -1;
}

int ErrorEdge::goes(ExprId Cond) const {
  const ir::Expr &X = U.get(Cond);
  int Way = Result ? errorGoes(Cond, Result) : -1;
  if (Way < 0 && Variable)
    for (ExprId Id : {Cond, X.A, U.get(X.A).A})
      if (isKept(Id))
        Way = errorGoes(Cond, Id);
  return Way;
}
