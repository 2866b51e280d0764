//===- Temps.cpp - Results that one block alone looks at --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"

using namespace netdev;

ValId Engine::temp(const Point &At, int64_t Temp, const State &S) {
  for (const TempValue &E : llvm::reverse(S.Temps))
    if (E.Ctx == At.Ctx && E.Temp == Temp)
      return E.Value;
  return valueAt(S, T, T.local(At.Ctx, -1 - Temp));
}

void Engine::setTemp(const Point &At, int64_t Temp, ValId V, State &S) {
  if (P.flow(At.Func).Shared.test(Temp)) {
    S.Store.set(T.local(At.Ctx, -1 - Temp), V);
    return;
  }
  for (TempValue &E : S.Temps)
    if (E.Ctx == At.Ctx && E.Temp == Temp) {
      E.Value = V;
      return;
    }
  S.Temps.push_back({At.Ctx, int32_t(Temp), V});
}

void Engine::dropTemps(CtxId Ctx, State &S) {
  while (!S.Temps.empty() && S.Temps.back().Ctx == Ctx)
    S.Temps.pop_back();
}
