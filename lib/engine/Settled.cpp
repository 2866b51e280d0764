//===- Settled.cpp - Functions with nothing left to say ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A helper that all paths of an entry call is executed for each of them. Where
/// it has left everything that is followed as it found it, again and again and
/// from one property state, it is taken for one that never does more.
///
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"

using namespace netdev;

/// Executions from one property state that show what a function does there.
static constexpr unsigned Enough = 2;

/// What each of \p Args is if it is a number: which port, on or off. Functions
/// do different things for different ones.
static llvm::SmallVector<ValId, 4> numbersOf(llvm::ArrayRef<ValId> Args,
                                             const ValueTable &T) {
  llvm::SmallVector<ValId, 4> Out;
  for (ValId A : Args)
    Out.push_back(T.get(A).Kind == ValKind::Int ? A : 0);
  return Out;
}

bool Engine::isSettled(FuncId F, llvm::ArrayRef<ValId> Args,
                       const State &S) const {
  auto Known = Settled.find(F);
  if (Known == Settled.end())
    return false;
  for (ValId A : Args)
    if (ValId Root = T.root(A); S.Devs.count(Root) || S.Refs.lookup(Root) ||
                                S.Looked.lookup(Root) ||
                                S.Released.lookup(Root) || S.Released.lookup(A))
      return false;
  auto Numbers = numbersOf(Args, T);
  return llvm::any_of(Known->second, [&](const Calm &C) {
    return C.Times >= Enough && C.Numbers == Numbers && C.At.sameProperty(S);
  });
}

void Engine::settle(FuncId F, llvm::ArrayRef<ValId> Args, const State &Before,
                    llvm::ArrayRef<ExitState> Exits) {
  bool Same = !Exits.empty() && llvm::all_of(Exits, [&](const ExitState &X) {
    return X.S.sameProperty(Before) && X.S.sameEvents(Before);
  });
  auto Numbers = numbersOf(Args, T);
  std::vector<Calm> &Known = Settled[F];
  for (Calm &C : Known)
    if (C.Numbers == Numbers && C.At.sameProperty(Before)) {
      C.Times = Same && C.Times ? C.Times + 1 : 0;
      return;
    }
  Known.push_back(Calm{Before, std::move(Numbers), Same});
}
