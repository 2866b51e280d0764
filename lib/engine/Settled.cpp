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
/// from one property state, it is taken for one that never does more. In a long
/// entry once is enough, and of the property state only what it can tell.
///
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"

using namespace netdev;

/// Executions from one property state that show what a function does there.
static constexpr unsigned Enough = 2;

/// Block states after which an entry is a long one.
static constexpr uint64_t LongEntry = 700;

/// What each of \p Args is if it is a number: which port, on or off. Functions
/// do different things for different ones.
static llvm::SmallVector<ValId, 4> numbersOf(llvm::ArrayRef<ValId> Args,
                                             const ValueTable &T) {
  llvm::SmallVector<ValId, 4> Out;
  for (ValId A : Args)
    Out.push_back(T.get(A).Kind == ValKind::Int ? A : 0);
  return Out;
}

/// How far the lives of the devices are, and which there are, is the same.
static bool sameLives(const Property &A, const Property &B) {
  return A.Devs.size() == B.Devs.size() &&
         std::equal(A.Devs.begin(), A.Devs.end(), B.Devs.begin(),
                    [](const auto &X, const auto &Y) {
                      return X.first == Y.first && X.second.At == Y.second.At;
                    });
}

/// \p Dev is in the same state, or not followed in either. If the function does
/// not act on devices: what it left as it was from \p A, it does from \p B.
static bool sameDevice(const Property &A, const Property &B, ValId Dev,
                       bool Acts) {
  auto X = A.Devs.find(Dev), Y = B.Devs.find(Dev);
  if (X == A.Devs.end() || Y == B.Devs.end())
    return X == A.Devs.end() && Y == B.Devs.end();
  const DevState &D = X->second, &E = Y->second;
  if (Acts)
    return D == E;
  return D.At == E.At && D.Escaped <= E.Escaped && D.Opaque <= E.Opaque &&
         D.MaybeGone <= E.MaybeGone;
}

/// To \p F, called with \p Args, \p A looks like \p B: the locks, references
/// and the devices it is given are the same, and if it acts on devices so are
/// the lives of all.
bool Engine::looksLike(const Property &A, const Property &B, FuncId F,
                       llvm::ArrayRef<ValId> Args) const {
  return A.Rtnl == B.Rtnl && A.Atomic == B.Atomic && A.Rcu == B.Rcu &&
         A.Refs == B.Refs && A.Rounds == B.Rounds &&
         A.Devs.isEmpty() == B.Devs.isEmpty() &&
         (!P.func(F).Lifetime || sameLives(A, B)) &&
         llvm::all_of(Args, [&](ValId V) {
           return sameDevice(A, B, T.root(V), P.func(F).Lifetime);
         });
}

bool Engine::isSettled(FuncId F, llvm::ArrayRef<ValId> Args,
                       const State &S) const {
  auto Known = Settled.find(F);
  if (Known == Settled.end())
    return false;
  for (ValId A : Args)
    if (ValId Root = T.root(A); S.Looked.lookup(Root) ||
                                S.Released.lookup(Root) || S.Released.lookup(A))
      return false;
  auto Numbers = numbersOf(Args, T);
  // A pointer that comes back leads to what the caller goes on with.
  const FuncInfo &Info = P.func(F);
  if (Spent > LongEntry && !Info.U->text(Info.F->ReturnType).ends_with("*")) {
    bool Seen = false, Kept = true;
    for (const Calm &C : Known->second)
      if (C.Numbers == Numbers && (!C.Swept || S.Swept) &&
          looksLike(C.At, S, F, Args)) {
        Seen = true;
        Kept &= C.Kept && (!C.Sweeps || S.Swept);
      }
    if (Seen && Kept)
      return true;
  }
  for (ValId A : Args)
    if (ValId Root = T.root(A); S.Devs.contains(Root) || S.Refs.lookup(Root))
      return false;
  return llvm::any_of(Known->second, [&](const Calm &C) {
    return C.Times >= Enough && C.Numbers == Numbers && C.At.sameProperty(S);
  });
}

void Engine::settle(FuncId F, llvm::ArrayRef<ValId> Args, const State &Before,
                    llvm::ArrayRef<ExitState> Exits) {
  bool Kept = !Exits.empty(), Sweeps = false;
  for (const ExitState &X : Exits) {
    Kept &= X.S.sameProperty(Before) && X.S.Certain == Before.Certain;
    Sweeps |= X.S.Swept != Before.Swept;
  }
  bool Same = Kept && llvm::all_of(Exits, [&](const ExitState &X) {
                return X.S.sameEvents(Before);
              });
  auto Numbers = numbersOf(Args, T);
  std::vector<Calm> &Known = Settled[F];
  for (Calm &C : Known)
    if (C.Numbers == Numbers && C.At.sameProperty(Before)) {
      C.Times = Same && C.Times ? C.Times + 1 : 0;
      C.Kept &= Kept;
      C.Sweeps |= Sweeps;
      return;
    }
  Known.push_back(
      Calm{Before, std::move(Numbers), Same, Kept, Before.Swept, Sweeps});
}
