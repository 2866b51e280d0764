//===- ReleaseEffects.cpp - What calls release and hand on ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Resources other than devices: released by the driver or by a callback of the
/// core, owned by a device, handed on; and devices that readers under RCU find.
///
//===----------------------------------------------------------------------===//

#include "engine/ApiEffects.h"
#include "model/Idioms.h"
#include <set>

using namespace netdev;

/// Members of devices that still lead to \p V, which the driver has released,
/// and that ndo_uninit or priv_destructor will release.
void ApiEffects::dangle(ValId V, State &S) {
  auto Ends = [&](FuncId F, FieldKey K) {
    return F != NoFunc && P.func(F).Ends.count(K);
  };
  for (const auto &[Addr, Value] : S.Store) {
    if (Value != V)
      continue;
    auto D = S.Devs.find(T.root(Addr));
    if (D == S.Devs.end())
      continue;
    FieldKey K = P.keyOf(Addr);
    if (K && (Ends(functionOf(D->second.Destructor), K) ||
              Ends(E.deviceOp(D->first, UninitCallback, S), K)))
      S.Dangling.insert(Addr);
  }
}

/// What the call releases, and who has it released: the driver, or the core
/// through one of its callbacks.
void ApiEffects::release(llvm::ArrayRef<ValId> Args, State &S) {
  ReleasedBy Who = ReleasedBy::Driver;
  for (const CoreCall &C : E.CoreCalls)
    if (C.Step == CoreStep::Uninit)
      Who = ReleasedBy::Uninit;
    else if (C.Step == CoreStep::Destructor)
      Who = ReleasedBy::Destructor;
  auto Note = [&](ValId V, ValId Key, bool Assumed) {
    if (!V || T.isAddress(V) || isNull(V, S))
      return;
    for (Observer *O : E.Observers)
      O->released(At, Key, Assumed, S);
    S.Released.set(Key, uint32_t(Who));
    E.addStep(At, Key, "'" + Shown.str() + "' releases it", "released", S);
    if (Who == ReleasedBy::Driver)
      dangle(V, S);
  };
  for (const ApiObject &O : Objects)
    if (O.Does == Act::Destroy && O.Object.In == Where::Arg &&
        O.Object.Index < Args.size())
      if (ValId Dev = Args[O.Object.Index]; followed(Dev, S))
        S.Devs.edit(Dev).MaybeGone = true; // by the wrong function: ND-L18
  for (const ApiObject &O : Objects)
    if (O.Does == Act::Destroy && O.Object.In == Where::Arg &&
        O.Object.Field.empty() && O.Object.Index < Args.size())
      Note(Args[O.Object.Index], Args[O.Object.Index], false);
  // A function that is not at hand, by its name.
  if (Site.Releases && !Args.empty())
    Note(Args[0], T.binary(T.name(Name), Args[0], Args[0]), true);
}

/// What code that is not at hand is given may have a new owner; so has a node
/// that goes on a list.
void ApiEffects::handOn(llvm::ArrayRef<ValId> Args, State &S) {
  if (Body != NoFunc && Objects.empty())
    return; // executed, or of no interest
  if (Site.Harmless)
    return;
  for (ValId A : Args)
    if (ValId Root = T.root(A); Root != A || Objects.empty())
      E.disown(Root, S);
  for (const ApiObject &O : Objects)
    if (O.Does == Act::Destroy && O.Object.In == Where::Arg &&
        O.Object.Index < Args.size())
      E.disown(Args[O.Object.Index], S);
}

/// A grace period is over.
void ApiEffects::waited(State &S) {
  for (uint32_t L : keysOf(S.Links))
    if (*S.Links.lookup(L) == uint32_t(Linked::Was))
      S.Links.set(L, uint32_t(Linked::Past));
}

/// Readers under RCU find a device by a node in its memory, or in memory that
/// leads to it.
void ApiEffects::rcu(llvm::ArrayRef<ValId> Args, State &S) {
  RcuStep Step = Site.Rcu;
  if (Step == RcuStep::None)
    return;
  if (Step == RcuStep::Wait)
    return waited(S);
  FieldKey K = Args.empty() ? FieldKey() : P.keyOf(Args[0]);
  if (!K)
    return;
  if (Step == RcuStep::Unlink || Step == RcuStep::Delist) {
    unlinked({K}, S);
    return;
  }
  if (Step == RcuStep::List)
    return listed(K, Args, S);
  ValId Node = T.root(Args[0]);
  std::set<ValId> Found;
  if (S.Devs.contains(Node))
    Found.insert(Node);
  for (const auto &[Addr, Value] : S.Store)
    if (T.root(Addr) == Node && S.Devs.contains(T.root(Value)))
      Found.insert(T.root(Value));
  for (ValId Dev : Found) {
    S.Links.set(T.field(Dev, K.Field, K.Rec), uint32_t(Linked::Yes));
    E.addStep(At, Dev,
              "readers under RCU can find the device after '" + Shown.str() +
                  "'",
              "", S);
  }
}

std::vector<uint32_t> ApiEffects::keysOf(const ValMap &M) {
  std::vector<uint32_t> Keys;
  for (const auto &Entry : M)
    Keys.push_back(Entry.first);
  return Keys;
}

/// A node in the device's own memory goes on a list that stays when the device
/// goes: of the module, or of its own part of a network namespace, where who
/// asked for a link waits for the answer.
void ApiEffects::listed(FieldKey K, llvm::ArrayRef<ValId> Args, State &S) {
  ValId Dev = T.root(Args[0]), Head = Args.size() > 1 ? T.root(Args[1]) : 0;
  const Val &Place =
      T.get(T.get(Head).Kind == ValKind::Init ? T.get(Head).A : Head);
  bool Newlink = E.Running.Table &&
                 T.text(E.Running.Table->Field) == "newlink" &&
                 Place.Kind != ValKind::Local;
  if (S.Devs.contains(Dev) && Head != Dev &&
      (Place.Kind == ValKind::Global || Newlink))
    S.Links.set(T.field(Dev, K.Field, K.Rec), uint32_t(Linked::Listed));
}

/// Nodes of the kinds \p Off are off their lists.
void ApiEffects::unlinked(const std::set<FieldKey> &Off, State &S) {
  for (uint32_t L : keysOf(S.Links)) {
    Linked How = Linked(*S.Links.lookup(L));
    if (!Off.count(P.keyOf(L)))
      continue;
    if (How == Linked::Yes)
      E.addStep(At, T.root(L),
                "new readers cannot find it any more after '" + Shown.str() +
                    "'",
                "", S);
    S.Links.set(L, uint32_t(How == Linked::Yes      ? Linked::Was
                            : How == Linked::Listed ? Linked::Past
                                                    : How));
  }
}

/// \p F has run: what it may take off its lists, and never puts there, is off
/// them. How often a loop over a list runs is not known.
void ApiEffects::unlinked(FuncId F, State &S) {
  std::set<FieldKey> Off;
  const SortedSet<FieldKey> &On = P.func(F).Links;
  for (FieldKey K : P.func(F).Unlinks)
    if (!On.count(K))
      Off.insert(K);
  if (!Off.empty())
    unlinked(Off, S);
}
