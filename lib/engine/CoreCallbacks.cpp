//===- CoreCallbacks.cpp - Callbacks the core runs inside a call -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// setup while a device is allocated, ndo_init, ndo_uninit and priv_destructor
/// while it is registered and unregistered, and which of them has run when
/// registration fails (catalogue A.4; net/core/dev.c register_netdevice).
///
//===----------------------------------------------------------------------===//

#include "engine/ApiEffects.h"
#include "model/Idioms.h"

using namespace netdev;

FuncId ApiEffects::functionOf(ValId V) {
  return T.get(V).Kind == ValKind::Func
             ? P.find(P.func(At.Func).UnitIndex, T.text(T.get(V).Name))
             : NoFunc;
}

FuncId Engine::deviceOp(ValId Dev, llvm::StringRef Callback, const State &S) {
  const uint32_t *V = S.Store.lookup(
      T.field(Dev, T.name(DeviceOpsMember), T.name(DeviceRecord)));
  return V && T.get(*V).Kind == ValKind::Global
             ? P.inTable(T.get(*V).Name, Callback)
             : NoFunc;
}

std::vector<ApiEffects::CoreExit> ApiEffects::runCore(const CoreCall &C,
                                                      State S) {
  std::vector<CoreExit> Out;
  if (C.Func == NoFunc || P.func(C.Func).F->NumParams != 1 ||
      T.isRunning(At.Ctx, C.Func)) {
    Out.push_back({std::move(S), false});
    return Out;
  }
  E.CoreCalls.push_back(C);
  CtxId Ctx = T.context(At.Ctx, C.Func, At.Func * 65536 + At.Block, At.Inst);
  States After;
  for (ExitState &X : E.execute(C.Func, Ctx, std::move(S), {C.Dev})) {
    bool Failed = E.failed(C.Func, X.Ret, X.S);
    if (!Failed)
      After.push_back(X.S);
    Out.push_back({std::move(X.S), Failed});
  }
  for (Observer *O : E.Observers)
    O->coreRan(At, C, After);
  E.CoreCalls.pop_back();
  return Out;
}

std::vector<State> ApiEffects::runAll(const CoreCall &C, States In) {
  States Out;
  for (State &S : In)
    for (CoreExit &X : runCore(C, std::move(S)))
      E.addState(Out, std::move(X.S), At);
  return Out;
}

std::vector<State> ApiEffects::runSetup(llvm::ArrayRef<ValId> Args, ValId Dev,
                                        States In) {
  FuncId Setup = NoFunc;
  if (Api->SetupArg >= 0 && size_t(Api->SetupArg) < Args.size())
    Setup = functionOf(Args[Api->SetupArg]);
  // rtnl_create_link(…, ops, …): the setup of the link ops it is given.
  for (ValId A : Args)
    if (Setup == NoFunc && T.get(A).Kind == ValKind::Global)
      Setup = P.inTable(T.get(A).Name, "setup");
  return runAll({CoreStep::Setup, Setup, Dev}, std::move(In));
}

void ApiEffects::failed(ValId Dev, RegFail How, State &S) {
  setResult(S, Range::Neg);
  DevState &Bad = S.Devs.edit(Dev);
  Bad.At = Life::RegFailed;
  Bad.Failed = How;
  Bad.Opaque = false;
  std::string Where = How == RegFail::InInit ? " in 'ndo_init'"
                      : How == RegFail::Late ? " after 'ndo_init'"
                                             : "";
  E.addStep(At, Dev, "'" + Shown.str() + "' fails" + Where,
            toText(Life::RegFailed), S);
}

/// Registration fails after ndo_init, in \p S: the core undoes it with
/// ndo_uninit and priv_destructor, if the driver has them.
void ApiEffects::failLate(ValId Dev, State S, int8_t Depth, States &Out) {
  FuncId Uninit = E.deviceOp(Dev, UninitCallback, S);
  const DevState *D = followed(Dev, S);
  ValId Fin = D ? D->Destructor : 0;
  if (Uninit == NoFunc && !Fin)
    return;
  failed(Dev, RegFail::Late, S);
  States After;
  After.push_back(std::move(S));
  After = runAll({CoreStep::Uninit, Uninit, Dev, true}, std::move(After));
  After = runAll({CoreStep::Destructor, functionOf(Fin), Dev, true},
                 std::move(After));
  for (State &Each : After) {
    // A destructor that frees the device is told of there (ND-L11).
    const DevState *Now = followed(Dev, Each);
    if (!Now || Now->At != Life::RegFailed)
      continue;
    Each.Rtnl = Depth;
    Out.push_back(std::move(Each));
  }
}

/// unregister_netdevice_many() calls ndo_uninit, with the RTNL held.
std::vector<State> ApiEffects::uninit(ValId Dev, States In) {
  States Out;
  for (State &S : In) {
    int8_t Depth = S.Rtnl;
    S.Rtnl = 1;
    FuncId F = E.deviceOp(Dev, UninitCallback, S);
    for (CoreExit &X : runCore({CoreStep::Uninit, F, Dev}, std::move(S))) {
      X.S.Rtnl = Depth;
      E.addState(Out, std::move(X.S), At);
    }
  }
  return Out;
}

/// netdev_run_todo() for one device (net/core/dev.c).
std::vector<State> ApiEffects::endOfUnregister(ValId Dev, State S) {
  DevState &Before = S.Devs.edit(Dev);
  Before.At = Life::Unreg;
  int8_t Depth = S.Rtnl;
  FuncId Fin = functionOf(Before.Destructor);
  States Out;
  for (CoreExit &X : runCore({CoreStep::Destructor, Fin, Dev}, std::move(S))) {
    X.S.Rtnl = Depth;
    DevState &D = X.S.Devs.edit(Dev);
    if (D.At == Life::Unreg && D.NeedsFree == Tri::Yes) {
      D.At = Life::CoreFreed;
      E.addStep(At, Dev,
                "the core frees " + devText() + " as '" + Shown.str() +
                    "' drops the RTNL",
                toText(D.At), X.S);
      for (Observer *O : E.Observers)
        O->freed(At, Dev, X.S);
    }
    Out.push_back(std::move(X.S));
  }
  return Out;
}

std::vector<State> ApiEffects::workOff(State S) {
  for (Observer *O : E.Observers)
    O->todo(At, S);
  std::vector<ValId> Due;
  for (const auto &[Dev, D] : S.Devs)
    if (D.At == Life::Unregistering)
      Due.push_back(Dev);
  States Out;
  Out.push_back(std::move(S));
  for (ValId Dev : Due) {
    States Next;
    for (State &Each : Out) {
      auto D = Each.Devs.find(Dev);
      if (D == Each.Devs.end() || D->second.At != Life::Unregistering)
        E.addState(Next, std::move(Each), At);
      else
        for (State &X : endOfUnregister(Dev, std::move(Each)))
          E.addState(Next, std::move(X), At);
    }
    Out = std::move(Next);
  }
  return Out;
}

std::vector<State> ApiEffects::workOff(std::vector<State> In) {
  States Out;
  for (State &S : In)
    for (State &X : workOff(std::move(S)))
      Out.push_back(std::move(X));
  return Out;
}

std::vector<State> Engine::dropRtnl(const ExitState &X, bool Flush) {
  static const ir::Inst Nothing;
  CallSite Site(P, X.At.Func, Nothing, "the caller");
  ApiEffects Caller(*this, X.At, Nothing, Site);
  std::vector<State> Out;
  for (State &S : Flush ? Caller.flush({}, X.S) : std::vector<State>{X.S}) {
    S.Rtnl = 0;
    for (State &Each : Caller.workOff(std::move(S)))
      Out.push_back(std::move(Each));
  }
  return Out;
}
