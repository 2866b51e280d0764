//===- ApiEffects.cpp - What a modelled call does to a state ----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/ApiEffects.h"
#include "model/Idioms.h"

using namespace netdev;

std::string ApiEffects::devText() const {
  std::string S;
  if (Api && Api->Dev.In == Where::Arg)
    S = E.argText(At, Api->Dev.Index);
  if (!S.empty() && !Api->Dev.Field.empty())
    S += "->" + Api->Dev.Field;
  return S.empty() ? "the device" : "'" + S + "'";
}

/// The variable the result goes to, as the next instruction tells.
std::string ApiEffects::resultText() const {
  const FuncInfo &F = P.func(At.Func);
  const ir::Block &B = F.F->Blocks[At.Block];
  if (At.Inst + 1 < B.Insts.size()) {
    const ir::Inst &N = B.Insts[At.Inst + 1];
    const ir::Expr &V = F.U->get(N.Value);
    if (N.Kind == ir::InstKind::Assign && N.Dst &&
        V.Kind == ir::ExprKind::Temp && V.Int == I.Temp) {
      std::string S = ir::toC(*F.U, F.F, N.Dst);
      if (!S.empty() && S[0] == '&')
        return "'" + S.substr(1) + "'";
    }
  }
  return "a device";
}

bool ApiEffects::isNull(ValId V, const State &S) const {
  return rangeOf(S, T, V).Signs == Range::Zero;
}

/// The device the call is about; 0 if there is none or it is not known.
ValId ApiEffects::devicePlace(llvm::ArrayRef<ValId> Args) const {
  if (!Api || Api->Dev.In != Where::Arg || Api->Dev.Index >= Args.size() ||
      Api->Dev.Field.empty() || !Args[Api->Dev.Index])
    return 0;
  // The device hangs off the argument: its record is that of what the argument
  // is declared to point to, else of any member of that name which holds a
  // device.
  const FuncInfo &F = P.func(At.Func);
  llvm::StringRef Record;
  for (const ir::Expr &X : F.U->Exprs)
    if (X.Kind == ir::ExprKind::Field && F.U->text(X.Name) == Api->Dev.Field &&
        F.U->text(X.Type) == "struct net_device *" &&
        (Record.empty() ||
         F.U->text(X.Record) == F.pointee(I.Args[Api->Dev.Index])))
      Record = F.U->text(X.Record);
  return Record.empty() ? 0
                        : T.field(Args[Api->Dev.Index], T.name(Api->Dev.Field),
                                  T.name(Record));
}

ValId ApiEffects::device(llvm::ArrayRef<ValId> Args, State &S) {
  if (!Api || Api->Dev.In != Where::Arg || Api->Dev.Index >= Args.size())
    return 0;
  ValId V = Args[Api->Dev.Index];
  if (Api->Dev.Field.empty() || !V)
    return V;
  ValId Place = devicePlace(Args);
  return Place ? E.loadFrom(At, Place, S, false) : 0;
}

void ApiEffects::tell(llvm::ArrayRef<ValId> Args, State &S) {
  CallEvent C;
  C.Name = Name;
  C.Shown = Shown;
  C.Api = Api;
  C.Objects = Objects;
  C.Args = Args;
  C.Dev = device(Args, S);
  C.Before = followed(C.Dev, S);
  C.Result = I.Temp >= 0 ? T.fresh(At.Ctx, I.Temp) : 0;
  for (Observer *O : E.Observers)
    O->call(At, C, S);
}

void ApiEffects::setResult(State &S, uint8_t Signs) {
  if (I.Temp < 0)
    return;
  ValId R = T.fresh(At.Ctx, I.Temp);
  if (E.isRepeated(At)) // on one path
    E.forget(R, S);
  E.setFact(R, Range{Signs, Signs == Range::Zero, 0}, S);
  E.setTemp(At, I.Temp, R, S);
}

std::pair<State, State> ApiEffects::fork(State S, uint8_t First,
                                         uint8_t Second) {
  State Other = S;
  setResult(S, First);
  setResult(Other, Second);
  return {std::move(S), std::move(Other)};
}

std::pair<uint8_t, uint8_t> ApiEffects::outcomes(Success Ok) {
  switch (Ok) {
  case Success::Zero:
    return {Range::Zero, Range::Neg};
  case Success::NonNull:
  case Success::NonZero:
    return {Range::Pos, Range::Zero};
  case Success::NotErr:
    return {Range::Pos, Range::Neg};
  case Success::Void:
    break;
  }
  return {Range::Any, 0};
}

bool ApiEffects::helper(llvm::ArrayRef<ValId> Args, State &S, States &Out) {
  const HelperRow *H = Site.Helper;
  if (H && H->Does == Helper::Waits && P.inLoop(At.Func, At.Block))
    E.othersWrite(S);
  if (!H || Args.empty())
    return false;
  if (H->Does == Helper::Never ||
      (H->Does == Helper::Asserts && Args.size() > 2 && isNull(Args[2], S)))
    return true; // no state after it
  ValId V = Args[0];
  if (H->Does == Helper::Unlink) {
    E.unlink(At, V, S);
    return false;
  }
  if (H->Does == Helper::Needs)
    return !E.narrow(V, Range{Range::Neg | Range::Pos, false, 0}, S);
  if (I.Temp < 0)
    return false;
  auto Data = [&]() {
    ValId Dev =
        H->Path.empty() ? V : T.field(V, T.name(H->Path), T.name(H->Record));
    return T.field(Dev, T.name("driver_data"), T.name("device"));
  };
  switch (H->Does) {
  case Helper::Same:
    E.setTemp(At, I.Temp, V, S);
    break;
  case Helper::ErrPtr:
    // A status that is not 0 is an error here.
    if (!E.narrow(V, Range{Range::Neg | Range::Zero, false, 0}, S))
      return true;
    E.setTemp(At, I.Temp, V, S);
    break;
  case Helper::Detach:
    if (const DevState *D = followed(V, S); D && D->At == Life::Alloc)
      S.Devs.edit(V).Detached = true;
    S.Quiet.set(V, uint32_t(Rest::Disabled));
    break;
  case Helper::ErrOfSecond:
    if (Args.size() < 2)
      return false;
    if (!E.narrow(Args[1], Range{Range::Neg, false, 0}, S))
      return true;
    E.setTemp(At, I.Temp, Args[1], S);
    break;
  case Helper::IsErr:
    E.setTemp(At, I.Temp, T.binary(T.name("<"), V, T.number(0)), S);
    break;
  case Helper::IsErrOrNull:
    E.setTemp(At, I.Temp, T.binary(T.name("<="), V, T.number(0)), S);
    break;
  case Helper::ErrOrZero: {
    State Good = S;
    if (E.assume(T.binary(T.name("<"), V, T.number(0)), true, S)) {
      E.setTemp(At, I.Temp, V, S);
      Out.push_back(std::move(S));
    }
    if (E.narrow(V, Range{Range::Zero | Range::Pos, false, 0}, Good)) {
      E.setTemp(At, I.Temp, T.number(0), Good);
      Out.push_back(std::move(Good));
    }
    return true;
  }
  case Helper::GetData:
    E.setTemp(At, I.Temp, E.loadFrom(At, Data(), S, true), S);
    break;
  case Helper::SetData:
    if (Args.size() > 1)
      E.assign(At, Data(), Args[1], S);
    break;
  case Helper::SetBit:
  case Helper::ClearBit:
  case Helper::TestBit:
  case Helper::TestAndSetBit:
  case Helper::TestAndClearBit: {
    if (Args.size() < 2 || !Args[1])
      return false;
    // One bit of a flag word is a member of its own.
    FieldKey Word = P.keyOf(Args[1]);
    const Val &N = T.get(Args[0]);
    if (!Word || N.Kind != ValKind::Int)
      return false;
    ValId Bit = T.field(Args[1], P.bitName(Word.Field, N.Num), Word.Rec);
    if (H->Does == Helper::TestBit || H->Does == Helper::TestAndSetBit ||
        H->Does == Helper::TestAndClearBit)
      E.setTemp(At, I.Temp, E.loadFrom(At, Bit, S, true), S);
    if (H->Does != Helper::TestBit) {
      bool On = H->Does == Helper::SetBit || H->Does == Helper::TestAndSetBit;
      E.assign(At, Bit, T.number(On), S);
    }
    break;
  }
  case Helper::Unlink:
  case Helper::Needs:
  case Helper::Waits:
  case Helper::Never:
  case Helper::Asserts:
  case Helper::None:
    return false;
  }
  Out.push_back(std::move(S));
  return true;
}

std::optional<std::vector<State>> ApiEffects::apply(llvm::ArrayRef<ValId> Args,
                                                    State &S) {
  States Out;
  if (helper(Args, S, Out))
    return Out;
  if (Api || !Objects.empty())
    tell(Args, S);
  if (Site.Section)
    section(Site.Section, S);
  if (!Objects.empty()) {
    // What it works on must still be there.
    for (ValId A : Args)
      if (T.root(A) != A)
        E.useOf(At, A, S);
    objects(Args, S);
  }
  release(Args, S);
  handOn(Args, S);
  rcu(Args, S);
  if (Api && Api->Does != Role::None)
    return byRole(Args, std::move(S));
  if (Body != NoFunc && Objects.empty()) {
    auto After = E.callBody(At, I, Site, Args, S);
    for (State &Each : After ? llvm::MutableArrayRef<State>(*After)
                             : llvm::MutableArrayRef<State>(S))
      unlinked(Body, Each);
    return After;
  }
  if (!Api && Objects.empty() && I.Temp >= 0 &&
      P.func(At.Func).U->text(I.Type) == DevicePointer &&
      P.comesHeld(At.Func, I.Temp))
    return comesHeld(std::move(S));
  E.callUnseen(At, I, Site, Body, Args, S);
  // kzalloc() and its kin give NULL or memory, never an error pointer.
  for (const ApiObject &O : Objects) {
    if (O.Does != Act::Create || O.Object.In != Where::Ret || I.Temp < 0)
      continue;
    ValId R = T.fresh(At.Ctx, I.Temp);
    if (O.Class == "memory") {
      E.setFact(R, Range{Range::Zero | Range::Pos, false, 0}, S);
      if (givesZeroes(Shown))
        E.Zeroed.insert(R);
    }
    if (E.Owning && !O.Devm && mustBeReleased(O.Class))
      S.Made.insert(R);
  }
  return std::nullopt;
}

std::vector<State> ApiEffects::byRole(llvm::ArrayRef<ValId> Args, State S) {
  // It takes the RTNL itself: a thread that had it would wait for ever.
  if (Api->Rtnl == RtnlNeed::MustNot && S.Rtnl == State::UnknownRtnl)
    S.Rtnl = 0;
  switch (Api->Does) {
  case Role::Alloc:
  case Role::AllocDummy:
  case Role::AllocDevm:
  case Role::AllocRegister:
    return alloc(Args, std::move(S));
  case Role::Register:
  case Role::RegisterDevm:
    return registerDev(Args, std::move(S));
  case Role::Unregister:
    return unregister(Args, std::move(S));
  case Role::UnregisterFlush:
    return flush(Args, std::move(S));
  case Role::UnregisterFree: {
    States Out;
    for (State &St : unregister(Args, std::move(S)))
      for (State &Each : free(Args, std::move(St)))
        Out.push_back(std::move(Each));
    return Out;
  }
  case Role::Free:
    return free(Args, std::move(S));
  case Role::RtnlLock:
  case Role::RtnlTrylock:
    return lock(std::move(S));
  case Role::RtnlUnlock:
  case Role::RtnlUnlockCore:
    return unlock(std::move(S));
  case Role::RcuLock:
  case Role::RcuUnlock:
    return rcuSection(std::move(S));
  case Role::Hold:
  case Role::Put:
  case Role::HoldPut:
  case Role::RefTrack:
  case Role::RefUntrack:
    return reference(Args, std::move(S));
  case Role::LookupHeld:
  case Role::LookupHeldStructDevice:
  case Role::LookupRcu:
  case Role::LookupRtnl:
  case Role::LookupCond:
    return lookup(Args, std::move(S));
  case Role::NotifierRegister:
  case Role::LinkOpsRegister:
    return pairing(Args, std::move(S), true);
  case Role::NotifierUnregister:
  case Role::LinkOpsUnregister:
    return pairing(Args, std::move(S), false);
  case Role::RtnlAssert:
    if (S.Rtnl == State::UnknownRtnl)
      S.Rtnl = 1;
    break;
  case Role::PrivAccessor: {
    States Out;
    ValId V = Args.empty() ? 0 : P.privateOf(Args[0]);
    if (!V && !Args.empty())
      V = T.field(Args[0], T.name(PrivateArea), T.name(DeviceRecord));
    if (I.Temp >= 0)
      E.setTemp(At, I.Temp, V, S);
    Out.push_back(std::move(S));
    return Out;
  }
  default:
    break;
  }
  E.callUnseen(At, I, Site, NoFunc, Args, S);
  States Out;
  Out.push_back(std::move(S));
  return Out;
}

std::vector<State> ApiEffects::pairing(llvm::ArrayRef<ValId> Args, State S,
                                       bool On) {
  States Out;
  // The block, or the ops; the _net variants take their namespace first.
  ValId V = Args.empty() ? 0 : Args.size() > 1 ? Args[1] : Args[0];
  if (!On) {
    setResult(S, Range::Any);
    S.Notifiers.erase(V);
    if (Api->Does == Role::LinkOpsUnregister)
      return endLinkOps(V, std::move(S));
    Out.push_back(std::move(S));
    return Out;
  }
  auto [Ok, Failed] = fork(std::move(S), Range::Zero, Range::Neg);
  if (V) {
    Ok.Notifiers.insert(V);
    E.addStep(At, V, "registered by '" + Shown.str() + "'", "", Ok);
    E.addStep(At, 0, "'" + Shown.str() + "' fails", "", Failed);
  }
  Out.push_back(std::move(Ok));
  Out.push_back(std::move(Failed));
  return Out;
}
