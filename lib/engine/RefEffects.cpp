//===- RefEffects.cpp - References to devices -------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Calls that take, drop or look up a reference (include/linux/netdevice.h,
/// dev_hold to netdev_ref_replace; net/core/dev.c, dev_get_by_*).
///
//===----------------------------------------------------------------------===//

#include "engine/ApiEffects.h"
#include "model/Idioms.h"
#include <set>

using namespace netdev;

/// The tracker a call is given; 0 for none, NULL or an unknown one.
ValId ApiEffects::trackerOf(llvm::ArrayRef<ValId> Args, const State &S) const {
  if (!Api || Api->TrackerArg < 0 || size_t(Api->TrackerArg) >= Args.size())
    return 0;
  ValId V = Args[Api->TrackerArg];
  return isNull(V, S) ? 0 : V;
}

/// \p Tracker notes a reference of \p Dev; 0: of none any more.
static void note(ValId Tracker, ValId Dev, State &S) {
  if (Dev)
    S.Trackers.set(Tracker, Dev);
  else
    S.Trackers.erase(Tracker);
}

void ApiEffects::count(ValId Dev, int By, ValId Tracker, std::string What,
                       State &S) {
  const int *Old = S.Refs.lookup(Dev);
  // Saturates: a loop that takes references must end here.
  int N = std::max(-3, std::min(3, (Old ? *Old : 0) + By));
  if (N)
    S.Refs.set(Dev, N);
  else
    S.Refs.erase(Dev);
  if (Tracker)
    note(Tracker, By > 0 ? Dev : 0, S);
  E.addStep(At, Dev, std::move(What), By > 0 ? ReferenceHeld : ReferenceDropped,
            S);
  if (By < 0 && N == 0)
    E.protectionEnds(Role::LookupHeld, S, Dev);
}

/// `dev_put(priv->dev)` with priv inside a device that is held here: the
/// device's own name for itself.
ValId ApiEffects::ownName(ValId Dev, const State &S) const {
  const Val &V = T.get(Dev);
  if (V.Kind != ValKind::Init || S.Refs.lookup(Dev))
    return Dev;
  // Also through what hangs off it: dev->ieee80211_ptr->netdev.
  ValId Outer = T.root(V.A);
  for (unsigned Hops = 0; Hops < 3; ++Hops) {
    const int *Held = S.Refs.lookup(Outer);
    if (Held && *Held > 0)
      return Outer;
    if (T.get(Outer).Kind != ValKind::Init)
      break;
    Outer = T.root(T.get(Outer).A);
  }
  return Dev;
}

std::vector<State> ApiEffects::rcuSection(State S) {
  setResult(S, Range::Any);
  if (Api->Does == Role::RcuLock)
    S.Rcu = std::min<int8_t>(S.Rcu + 1, 3);
  else if (S.Rcu > 0 && --S.Rcu == 0)
    E.protectionEnds(Role::LookupRcu, S);
  States Out;
  Out.push_back(std::move(S));
  return Out;
}

std::vector<State> ApiEffects::reference(llvm::ArrayRef<ValId> Args, State S) {
  ValId Dev = device(Args, S);
  if (Api->Does == Role::Put)
    Dev = ownName(Dev, S);
  ValId Tracker = trackerOf(Args, S);
  setResult(S, Range::Any);
  bool Known = Dev && !isNull(Dev, S);
  std::string By = " by '" + Shown.str() + "'";
  const auto D = S.Devs.find(Dev);
  if (Known && D != S.Devs.end() && D->second.isDead())
    E.useOf(At, T.field(Dev, T.name("pcpu_refcnt"), T.name(DeviceRecord)), S);
  switch (Api->Does) {
  case Role::Hold:
    if (Known)
      count(Dev, 1, Tracker, "a reference to " + devText() + " is taken" + By,
            S);
    break;
  case Role::Put:
    if (Known) {
      count(Dev, -1, Tracker,
            "the reference to " + devText() + " is dropped" + By, S);
      keptOneGoes(Dev, S);
    }
    break;
  case Role::HoldPut: {
    // The holder stays the same: the new reference is this path's own where the
    // old one was, or where there was none.
    const int *Held = S.Refs.lookup(Dev);
    bool Own = isNull(Dev, S) || (Held && *Held > 0);
    if (Known)
      count(Dev, -1, Tracker,
            "the reference to " + devText() + " is dropped" + By, S);
    if (Own && Args.size() > 1 && Args[1] && !isNull(Args[1], S))
      count(Args[1], 1, Tracker, "a reference to the new device is taken" + By,
            S);
    break;
  }
  default: // only the note changes: of a reference that is there, or was
    if (Known && Tracker)
      note(Tracker, Api->Does == Role::RefTrack ? Dev : 0, S);
    break;
  }
  States Out;
  Out.push_back(std::move(S));
  return Out;
}

/// The reference that memory kept to \p Dev, which was read from there, was all
/// that is known to keep the device: no lock keeps others from freeing it.
void ApiEffects::keptOneGoes(ValId Dev, State &S) {
  const int *N = S.Refs.lookup(Dev);
  if (T.get(Dev).Kind == ValKind::Init && N && *N < 0 && S.Rtnl == 0 &&
      S.Rcu == 0 && !S.Looked.lookup(Dev) && !followed(Dev, S))
    S.Stale.set(Dev, uint32_t(Role::LookupHeld));
}

/// The device is left in a member of what an argument points to, or NULL where
/// none was asked for (net/ethtool/netlink.c ethnl_parse_header_dev_get).
std::vector<State> ApiEffects::lookupInto(llvm::ArrayRef<ValId> Args, State S) {
  ValId Place = devicePlace(Args);
  E.callUnseen(At, I, Site, Body, Args, S);
  auto [Good, Bad] = outcomes(Api->Ok);
  auto [Ok, Failed] = fork(std::move(S), Good, Bad);
  States Out;
  if (Place) {
    State None = Ok;
    None.Store.set(Place, T.number(0));
    Out.push_back(std::move(None));
    ValId R = T.fresh(At.Ctx, int64_t(At.Block) << 20 | At.Inst, T.name("got"));
    E.setFact(R, Range{Range::Pos, false, 0}, Ok);
    Ok.Store.set(Place, R);
    Ok.Looked.set(R, uint32_t(Api->Does));
    count(R, 1, 0, "a reference is taken by '" + Shown.str() + "'", Ok);
  }
  Out.push_back(std::move(Ok));
  Out.push_back(std::move(Failed));
  return Out;
}

std::vector<State> ApiEffects::lookup(llvm::ArrayRef<ValId> Args, State S) {
  if (Api->Dev.In == Where::Arg)
    return lookupInto(Args, std::move(S));
  States Out;
  if (I.Temp < 0) {
    Out.push_back(std::move(S));
    return Out;
  }
  ValId Tracker = trackerOf(Args, S);
  auto [Good, Bad] = outcomes(Api->Ok);
  auto [Ok, Failed] = fork(std::move(S), Good, Bad);
  ValId R = T.fresh(At.Ctx, I.Temp);
  Role Gives = Api->Does;
  // __ip_dev_find(net, address, devref) holds if it is asked to.
  if (Gives == Role::LookupCond)
    Gives = Args.size() > 2 && !(rangeOf(Ok, T, Args[2]).Signs & Range::Zero)
                ? Role::LookupHeld
                : Role::LookupRcu;
  Ok.Looked.set(R, uint32_t(Gives));
  std::string What = "a reference is taken by '" + Shown.str() + "'";
  if (Gives == Role::LookupHeld)
    count(R, 1, Tracker, What, Ok);
  else if (Gives == Role::LookupHeldStructDevice)
    count(T.field(R, T.name(StructDeviceMember), T.name(DeviceRecord)), 1, 0,
          What, Ok);
  else
    E.addStep(At, R, "'" + Shown.str() + "' takes no reference", "", Ok);
  Out.push_back(std::move(Ok));
  Out.push_back(std::move(Failed));
  return Out;
}

std::vector<State> ApiEffects::comesHeld(State S) {
  auto [Ok, Failed] = fork(std::move(S), Range::Pos, Range::Zero | Range::Neg);
  ValId R = T.fresh(At.Ctx, I.Temp);
  Ok.Looked.set(R, uint32_t(Role::LookupHeld));
  count(R, 1, 0, "'" + Shown.str() + "' gives the device with a reference", Ok);
  States Out;
  Out.push_back(std::move(Ok));
  Out.push_back(std::move(Failed));
  return Out;
}

void ApiEffects::structDevice(const ApiObject &O, ValId V, State &S) {
  if (O.Class != "device-ref" || O.Object.In != Where::Arg)
    return;
  const Val &A = T.get(V);
  if (A.Kind != ValKind::Field || T.text(A.Name) != StructDeviceMember ||
      T.text(A.Rec) != DeviceRecord)
    return;
  bool Takes = O.Does == Act::Identity;
  count(V, Takes ? 1 : -1, 0,
        std::string("the reference of its struct device is ") +
            (Takes ? "taken by '" : "dropped by '") + Shown.str() + "'",
        S);
}

void Engine::protectionEnds(Role By, State &S, ValId Put) {
  for (const auto &L : S.Looked) {
    const int *N = S.Refs.lookup(L.first);
    if (Role(L.second) == Role::None || S.Stale.lookup(L.first) ||
        (N && *N > 0) || S.Rcu > 0 || S.Rtnl > 0)
      continue;
    // Where nobody may sleep a grace period does not end either: soft
    // interrupts and spinlocks are readers too (Documentation/RCU/whatisRCU.rst
    // on consolidated flavours).
    if (By == Role::LookupRcu && S.Atomic > 0)
      continue;
    // A reference, dropped; RCU or the RTNL ends what was found under it, and
    // had ended before of what was held then.
    bool Ended = L.first == Put &&
                 ((Role(L.second) == Role::LookupRcu && S.Atomic == 0) ||
                  (Role(L.second) == Role::LookupRtnl && S.Rtnl == 0));
    if (Role(L.second) == By || Ended)
      S.Stale.set(L.first, uint32_t(By));
  }
}

void Engine::newRound(CtxId Ctx, State &S) {
  // What an earlier round armed goes by names that this one will use anew.
  std::set<ValId> Again;
  for (const auto &A : S.Armed) {
    const Val &Root = T.get(T.root(A.first));
    if (Root.Kind == ValKind::Fresh && Root.A == Ctx)
      Again.insert(T.root(A.first));
  }
  for (ValId V : Again)
    forget(V, S);
  if (S.Refs.isEmpty())
    return;
  std::vector<ValId> Old;
  for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
    if (N->Ctx == Ctx && N->State == ReferenceHeld)
      Old.push_back(N->Object);
  for (ValId V : Old)
    unfollow(V, S);
}

void Engine::handOver(llvm::ArrayRef<ValId> Args, State &S) {
  auto Give = [&](ValId V) {
    if (V && (S.Refs.lookup(V) || S.Looked.lookup(V)))
      S.Given.insert(V);
  };
  if (S.Refs.isEmpty() && S.Looked.isEmpty())
    return;
  for (ValId A : Args) {
    Give(A);
    if (!T.isLocalMemory(A))
      continue;
    // Members of a local record whose address is given away.
    for (const auto &E : S.Store)
      if (T.root(E.first) == T.root(A))
        Give(E.second);
  }
}

bool Program::comesHeld(FuncId F, int64_t Temp) const {
  const FuncInfo &I = Funcs[F];
  const ir::Unit &U = *I.U;
  auto EachInst = [&](auto Fn) {
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        Fn(In);
  };
  // The one variable that gets it, and never another device.
  ir::ExprId Var = 0;
  EachInst([&](const ir::Inst &In) {
    const ir::Expr &V = U.get(In.Value);
    if (In.Kind == ir::InstKind::Assign && In.Temp < 0 &&
        V.Kind == ir::ExprKind::Temp && V.Int == Temp &&
        U.get(In.Dst).Kind == ir::ExprKind::Local)
      Var = In.Dst;
  });
  bool Other = false, Shown = false;
  EachInst([&](const ir::Inst &In) {
    const ir::Expr &V = U.get(In.Value);
    if (In.Kind == ir::InstKind::Assign && In.Temp < 0 && In.Dst == Var)
      Other |= V.Kind != ir::ExprKind::Int &&
               !(V.Kind == ir::ExprKind::Temp && V.Int == Temp);
    const ApiFunction *A = In.Kind == ir::InstKind::Call && In.Callee
                               ? M.function(U.text(In.Callee))
                               : nullptr;
    if (!A || A->Dev.In != Where::Arg || A->Dev.Index >= In.Args.size())
      return;
    const ir::Expr &Arg = U.get(In.Args[A->Dev.Index]);
    bool Is = Arg.Kind == ir::ExprKind::Load && Arg.A == Var;
    // netdev_tracker_alloc(p->dev = dev, …) reads what was just stored.
    if (!Is && A->Does == Role::RefTrack && Arg.Kind == ir::ExprKind::Load)
      EachInst([&](const ir::Inst &St) {
        const ir::Expr &From = U.get(St.Value);
        Is |= St.Kind == ir::InstKind::Assign && St.Dst == Arg.A &&
              From.Kind == ir::ExprKind::Load && From.A == Var;
      });
    Shown |= Is && (A->Does == Role::Put || A->Does == Role::RefTrack);
    Other |= Is && A->Does == Role::Hold;
  });
  return Var && Shown && !Other;
}
