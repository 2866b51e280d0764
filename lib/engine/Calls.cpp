//===- Calls.cpp - Calls, and functions that are not executed ---*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/ApiEffects.h"

using namespace netdev;

/// Call depth; what runs out is named in the statistics.
static constexpr unsigned MaxDepth = 10;

std::optional<std::vector<State>> Engine::call(const Point &At,
                                               const ir::Inst &I, State &S) {
  llvm::SmallVector<ValId, 8> Args;
  for (ir::ExprId A : I.Args)
    Args.push_back(eval(At, A, S));
  ValId Target = I.Callee ? 0 : eval(At, I.Target, S);
  for (ValId A : Args)
    if (S.Stale.lookup(A))
      for (Observer *O : Observers)
        O->usedStale(At, A, S);
  if (T.get(Target).Kind != ValKind::Func)
    return ApiEffects(*this, At, I, P.callSite(At.Func, I)).apply(Args, S);
  CallSite Through(P, At.Func, I, T.text(T.get(Target).Name));
  return ApiEffects(*this, At, I, Through).apply(Args, S);
}

std::optional<std::vector<State>>
Engine::callBody(const Point &At, const ir::Inst &I, const CallSite &C,
                 llvm::ArrayRef<ValId> Args, State &S) {
  FuncId F = C.Body;
  CtxId Ctx = T.context(At.Ctx, F, At.Func * 65536 + At.Block, At.Inst);
  // With the RTNL held, to insist on it says nothing new of nothing followed.
  bool Idle =
      S.Rtnl != 0 && S.Devs.isEmpty() && S.Refs.isEmpty() && S.Looked.isEmpty();
  const FuncInfo &Callee = P.func(F);
  bool Wanted = Callee.WrapsSection ||
                (Narrow ? Callee.Lifetime || (Callee.AssertsRtnl && !Idle)
                        : Callee.Interesting);
  // It may keep a device that is held here.
  if (Narrow && !Wanted && P.func(F).Interesting)
    for (ValId A : Args)
      Wanted |= S.Refs.lookup(A) || S.Looked.lookup(A);
  bool Beyond = T.isRunning(At.Ctx, F) || T.depth(Ctx) > MaxDepth;
  if (!Wanted || Beyond || isSettled(F, Args, S)) {
    if (Wanted && Beyond) {
      Stats.GivenUp.insert(F);
      handOver(Args, S);
    }
    callUnseen(At, I, C, F, Args, S);
    return std::nullopt;
  }
  newRound(Ctx, S);
  // Without what settle() does not look at: that is changed where it is.
  State Before = S;
  Before.Store.clear();
  Before.Facts.clear();
  std::vector<ExitState> Exits = execute(F, Ctx, std::move(S), Args);
  settle(F, Args, Before, Exits);
  std::vector<State> Out;
  Out.reserve(Exits.size());
  for (ExitState &X : Exits) {
    if (I.Temp >= 0)
      setTemp(At, I.Temp, X.Ret, X.S);
    Out.push_back(std::move(X.S));
  }
  return Out;
}

/// A call whose body is not executed: \p F is of no interest, settled,
/// recursive or too deep, or (NoFunc) not known at all. What it may write is
/// unknown after.
void Engine::callUnseen(const Point &At, const ir::Inst &I, const CallSite &C,
                        FuncId F, llvm::ArrayRef<ValId> Args, State &S) {
  // The driver's own code in another unit, or behind a pointer, may do anything
  // to what it is given.
  if (F == NoFunc && C.Elsewhere)
    for (ValId A : Args)
      if (ValId Dev = T.root(A); S.Devs.contains(Dev)) {
        DevState &D = S.Devs.edit(Dev);
        D.Opaque = true;
        S.Owned.clear();
        // Behind a pointer it may have found a new owner, or its end.
        if (!I.Callee)
          D.Escaped = D.MaybeGone = true;
      }
  if (F == NoFunc && C.MayKeep)
    handOver(Args, S);
  for (size_t A = 0; A < Args.size(); ++A) {
    bool Derefs = F != NoFunc && A < 64 && (P.func(F).DerefParams >> A & 1);
    // The address of a member, or of a device, is given away to be used.
    if (Derefs || (F == NoFunc && (T.root(Args[A]) != Args[A] ||
                                   (S.Devs.contains(Args[A]) && !C.Harmless))))
      useOf(At, Args[A], S);
    // &local: an out parameter.
    if (T.isLocalMemory(Args[A])) {
      std::vector<uint32_t> Keys;
      for (const auto &E : S.Store)
        if (T.root(E.first) == T.root(Args[A]) && mayChange(F, E.first, S))
          Keys.push_back(E.first);
      Keys.push_back(Args[A]);
      for (uint32_t K : Keys) {
        unfollow(valueAt(S, T, K), S);
        ValId V = T.fresh(At.Ctx, I.Temp, T.name("o", K));
        S.Facts.erase(V);
        S.Store.set(K, V);
      }
    }
  }
  uint8_t Signs = Range::Any;
  if (F != NoFunc) {
    const FuncInfo &Callee = P.func(F);
    if (Callee.ReturnSigns)
      Signs = Callee.ReturnSigns;
    std::vector<uint32_t> Keys;
    if (!Callee.Writes.empty())
      for (const auto &E : S.Store)
        if (NameId Member = T.memberAt(E.first);
            Member && Callee.Writes.contains(Member) &&
            !S.Devs.contains(E.second))
          Keys.push_back(E.first);
    for (uint32_t K : Keys) {
      ValId V = T.fresh(At.Ctx, I.Temp, T.name("w", K));
      S.Facts.erase(V);
      S.Store.set(K, V);
    }
  }
  if (I.Temp < 0)
    return;
  size_t Known = T.size();
  ValId R = T.fresh(At.Ctx, I.Temp);
  if (R < Known && isRepeated(At)) // on one path
    forget(R, S);
  setFact(R, Range{Signs, Signs == Range::Zero, 0}, S);
  setTemp(At, I.Temp, R, S);
}
