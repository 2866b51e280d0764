//===- DeviceEffects.cpp - Calls that act on a device -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/ApiEffects.h"
#include "model/Idioms.h"

using namespace netdev;

/// Nothing but variables of this path leads to \p Dev.
bool ApiEffects::isNameless(ValId Dev, const State &S) const {
  const DevState &D = S.Devs.find(Dev)->second;
  return !D.Escaped && !D.Opaque && !S.Given.contains(Dev) &&
         llvm::none_of(S.Store, [&, Dev = Dev](const auto &KV) {
           return T.root(KV.second) == Dev && T.root(KV.first) != Dev &&
                  !T.isLocalMemory(KV.first);
         });
}

/// A device that is not followed is unregistered or freed: it may be any of
/// those that are, by another name.
void ApiEffects::unknownDevice(State &S) {
  for (const auto &[Dev, D] : FlatMap<DevState>(S.Devs))
    if (D.From != Origin::Param && !isNameless(Dev, S)) {
      S.Devs.edit(Dev).MaybeGone = true;
      S.Certain = false;
    }
  S.Rounds.clear();
}

bool ApiEffects::staysOfEarlierRound(ValId Dev, const State &S) const {
  if (!E.isRepeated(At))
    return false;
  auto It = S.Devs.find(Dev);
  return S.Rounds.contains(Dev) ||
         (It != S.Devs.end() && It->second.At == Life::Reg &&
          It->second.From == Origin::Plain && !It->second.MaybeGone);
}

std::vector<State> ApiEffects::alloc(llvm::ArrayRef<ValId> Args, State S) {
  auto [Good, Bad] = outcomes(Api->Ok);
  ValId R = T.fresh(At.Ctx, I.Temp);
  bool Stays = staysOfEarlierRound(R, S);
  auto [Ok, Failed] = fork(std::move(S), Good, Bad);
  Ok.Swept = false;
  for (State *Each : {&Ok, &Failed})
    if (Stays)
      Each->Rounds.insert(R);
  ValId Dev = R;
  if (!Api->Dev.Field.empty()) {
    // m_can_class_allocate_dev(): the result is the private area.
    Dev = T.fresh(At.Ctx, I.Temp, T.name("dev"));
    R = T.field(Dev, T.name(PrivateArea), T.name(DeviceRecord));
    E.setTemp(At, I.Temp, R, Ok);
    llvm::StringRef Rec = P.func(At.Func).U->text(I.Type);
    Rec.consume_front("struct ");
    Rec = Rec.rtrim(" *");
    Ok.Store.set(T.field(R, T.name(Api->Dev.Field), T.name(Rec)), Dev);
    E.setFact(Dev, Range{Range::Pos, false, 0}, Ok);
  }
  DevState D;
  D.From = Api->Does == Role::AllocDevm ? Origin::Devm
           : Api->Ok == Success::NotErr ? Origin::CreatedLink
                                        : Origin::Plain;
  D.Many = E.isRepeated(At);
  if (Api->Does == Role::AllocDummy)
    D.At = Life::Dummy;
  if (Api->Does == Role::AllocRegister) {
    D.At = Life::Reg;
    D.WasRegistered = true;
    D.NeedsFree = Tri::Yes;
  }
  Ok.Devs.set(Dev, D);
  E.addStep(At, Dev, resultText() + " is allocated by '" + Shown.str() + "'",
            toText(D.At), Ok);
  States Out;
  Out.push_back(std::move(Ok));
  Out = runSetup(Args, Dev, std::move(Out));
  Out.push_back(std::move(Failed));
  return Out;
}

std::vector<State> ApiEffects::registerDev(llvm::ArrayRef<ValId> Args,
                                           State S) {
  ValId Dev = device(Args, S);
  if (!Dev) {
    States Out;
    setResult(S, Range::Zero | Range::Neg);
    Out.push_back(std::move(S));
    return Out;
  }
  if (!followed(Dev, S)) {
    DevState D;
    D.From = Origin::Param;
    D.NeedsFree = Tri::Maybe;
    S.Devs.set(Dev, D);
  }
  if (const DevState *D = followed(Dev, S))
    if (D->isDead())
      E.useOf(At, T.field(Dev, T.name("reg_state"), T.name(DeviceRecord)), S);
  auto [Ok, Failed] = fork(std::move(S), Range::Zero, Range::Neg);
  States Out;
  // ndo_init runs first, with the RTNL held and nobody else able to find the
  // device (register_netdevice: before list_netdevice).
  int8_t Depth = Ok.Rtnl;
  Ok.Rtnl = 1;
  FuncId Init = E.deviceOp(Dev, InitCallback, Ok);
  for (CoreExit &X : runCore({CoreStep::Init, Init, Dev}, std::move(Ok))) {
    if (X.Failed) {
      X.S.Rtnl = Depth;
      failed(Dev, RegFail::InInit, X.S);
      Out.push_back(std::move(X.S));
      continue;
    }
    failLate(Dev, X.S, Depth, Out);
    X.S.Rtnl = Depth;
    DevState &Good = X.S.Devs.edit(Dev);
    Good.At = Life::Reg;
    Good.Failed = RegFail::None;
    Good.WasRegistered = true;
    Good.Opaque = false; // its state is known again
    Good.RegisteredUnderRtnl = Api->Rtnl == RtnlNeed::Must;
    Good.DevmRegistered = Api->Does == Role::RegisterDevm;
    E.addStep(At, Dev, devText() + " is registered by '" + Shown.str() + "'",
              toText(Life::Reg), X.S);
    Out.push_back(std::move(X.S));
  }
  failed(Dev, RegFail::Early, Failed);
  Out.push_back(std::move(Failed));
  return Out;
}

std::vector<State> ApiEffects::unregister(llvm::ArrayRef<ValId> Args, State S) {
  ValId Dev = device(Args, S);
  States Out;
  setResult(S, Range::Any);
  if (!Dev || !followed(Dev, S))
    unknownDevice(S);
  if (!Dev) {
    Out.push_back(std::move(S));
    return Out;
  }
  if (!followed(Dev, S)) {
    DevState New;
    New.From = Origin::Param;
    New.At = Life::Reg;
    New.NeedsFree = Tri::Maybe;
    S.Devs.set(Dev, New);
  }
  if (followed(Dev, S)->isDead()) {
    E.useOf(At, T.field(Dev, T.name("reg_state"), T.name(DeviceRecord)), S);
    Out.push_back(std::move(S));
    return Out;
  }
  DevState &D = S.Devs.edit(Dev);
  if (D.At == Life::Reg)
    stir(S);
  D.WasRegistered = true;
  D.MaybeGone = false; // it was there still
  waited(S);
  ValId List = Api->ListArg >= 0 && size_t(Api->ListArg) < Args.size()
                   ? Args[Api->ListArg]
                   : 0;
  bool Now = Api->ListArg < 0 || isNull(List, S);
  D.At = Now ? Life::Unregistering : Life::Queued;
  D.List = Now ? 0 : List;
  E.addStep(At, Dev,
            devText() + (Now ? " is unregistered by '" : " is queued by '") +
                Shown.str() + "'",
            toText(D.At), S);
  if (!Now) {
    Out.push_back(std::move(S));
    return Out;
  }
  Out.push_back(std::move(S));
  Out = uninit(Dev, std::move(Out));
  if (Api->Rtnl != RtnlNeed::MustNot)
    return Out;
  return workOff(std::move(Out)); // it takes and drops the RTNL itself
}

std::vector<State> ApiEffects::flush(llvm::ArrayRef<ValId> Args, State S) {
  ValId List = Args.empty() ? 0 : Args[0];
  std::vector<ValId> Due;
  for (const auto &[Dev, D] : FlatMap<DevState>(S.Devs))
    if (D.At == Life::Queued && (D.List == List || !D.List || !List)) {
      DevState &Now = S.Devs.edit(Dev);
      Now.At = Life::Unregistering;
      Now.List = 0;
      Due.push_back(Dev);
      E.addStep(At, Dev,
                "the queued devices are unregistered by '" + Shown.str() + "'",
                toText(Now.At), S);
    }
  if (List && !Due.empty())
    S.Store.set(E.workedOff(List), T.number(1));
  setResult(S, Range::Any);
  States Out;
  Out.push_back(std::move(S));
  for (ValId Dev : Due)
    Out = uninit(Dev, std::move(Out));
  return Out;
}

std::vector<State> ApiEffects::endLinkOps(ValId Ops, State S) {
  S.Rounds.clear();
  ValId Name = Ops ? T.get(Ops).Name : 0;
  bool Unregisters = llvm::none_of(P.slots(), [&](const Slot &Each) {
    return Each.Table == Name && T.text(Each.Field) == "dellink" &&
           !P.mayDo(Each.Func, Role::Unregister);
  });
  std::vector<ValId> Ended;
  for (const auto &[Dev, D] : FlatMap<DevState>(S.Devs)) {
    const ValId *Has = S.Store.lookup(
        T.field(Dev, T.name(LinkOpsRecord), T.name(DeviceRecord)));
    if (!Unregisters || D.At != Life::Reg || !Has || *Has != Ops)
      continue;
    DevState &Now = S.Devs.edit(Dev);
    Now.At = Life::Unregistering;
    Now.WasRegistered = true;
    Ended.push_back(Dev);
    E.addStep(At, Dev,
              "devices of these link ops are unregistered by '" + Shown.str() +
                  "'",
              toText(Now.At), S);
  }
  States Out;
  Out.push_back(std::move(S));
  for (ValId Dev : Ended)
    Out = uninit(Dev, std::move(Out));
  return Api->Rtnl == RtnlNeed::MustNot ? workOff(std::move(Out)) : Out;
}

std::vector<State> ApiEffects::free(llvm::ArrayRef<ValId> Args, State S) {
  ValId Dev = device(Args, S);
  States Out;
  setResult(S, Range::Any);
  if (!Dev || (!followed(Dev, S) && !isNull(Dev, S)))
    unknownDevice(S);
  if (Dev && !isNull(Dev, S)) {
    if (!followed(Dev, S)) {
      DevState New;
      New.From = Origin::Param;
      New.At = Life::Unreg;
      New.NeedsFree = Tri::Maybe;
      S.Devs.set(Dev, New);
    }
    const DevState *D = followed(Dev, S);
    if (D->At == Life::Unregistering) {
      // Legal, with and without needs_free_netdev: A.5.
      S.Devs.edit(Dev).NeedsFree = Tri::Yes;
    } else if (!D->isDead()) {
      for (Observer *O : E.Observers)
        O->freed(At, Dev, S);
      S.Devs.edit(Dev).At = Life::Freed;
      E.addStep(At, Dev, devText() + " is freed by '" + Shown.str() + "'",
                toText(Life::Freed), S);
    }
  }
  Out.push_back(std::move(S));
  return Out;
}
