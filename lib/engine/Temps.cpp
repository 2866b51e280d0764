//===- Temps.cpp - Results that one block alone looks at --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"

using namespace netdev;

template <typename Fn>
static void eachTemp(const ir::Unit &U, ir::ExprId E, const Fn &Each) {
  if (!E)
    return;
  const ir::Expr &X = U.get(E);
  if (X.Kind == ir::ExprKind::Temp)
    Each(X.Int);
  eachTemp(U, X.A, Each);
  eachTemp(U, X.B, Each);
}

/// The results that more than one block of \p F gives or looks at.
static std::set<int64_t> sharedTemps(const ir::Unit &U, const ir::Function &F) {
  std::map<int64_t, uint32_t> In;
  std::set<int64_t> Shared;
  for (uint32_t B = 0; B < F.Blocks.size(); ++B) {
    auto Note = [&](int64_t Temp) {
      if (In.emplace(Temp, B).first->second != B)
        Shared.insert(Temp);
    };
    for (const ir::Inst &I : F.Blocks[B].Insts) {
      if (I.Temp >= 0)
        Note(I.Temp);
      for (ir::ExprId E : {I.Dst, I.Value, I.Target})
        eachTemp(U, E, Note);
      for (ir::ExprId E : I.Args)
        eachTemp(U, E, Note);
    }
    eachTemp(U, F.Blocks[B].Term.Cond, Note);
  }
  return Shared;
}

bool Program::isShared(FuncId F, int64_t Temp) {
  FuncInfo &I = Funcs[F];
  if (!I.SharedTemps)
    I.SharedTemps = sharedTemps(*I.U, *I.F);
  return I.SharedTemps->count(Temp) != 0;
}

ValId Engine::temp(const Point &At, int64_t Temp, const State &S) {
  for (const TempValue &E : llvm::reverse(S.Temps))
    if (E.Ctx == At.Ctx && E.Temp == Temp)
      return E.Value;
  return valueAt(S, T, T.local(At.Ctx, -1 - Temp));
}

void Engine::setTemp(const Point &At, int64_t Temp, ValId V, State &S) {
  if (P.isShared(At.Func, Temp)) {
    S.Store = with(S.Store, T.local(At.Ctx, -1 - Temp), V, Maps.Vals);
    return;
  }
  for (TempValue &E : S.Temps)
    if (E.Ctx == At.Ctx && E.Temp == Temp) {
      E.Value = V;
      return;
    }
  S.Temps.push_back({At.Ctx, Temp, V});
}

void Engine::dropTemps(CtxId Ctx, State &S) {
  while (!S.Temps.empty() && S.Temps.back().Ctx == Ctx)
    S.Temps.pop_back();
}
