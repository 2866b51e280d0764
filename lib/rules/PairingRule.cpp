//===- PairingRule.cpp - Notifiers and lists left behind --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-N01, O07: a notifier, or link ops, that stay registered when the module's
/// init fails (net/core/dev.c register_netdevice_notifier, rtnetlink.c
/// rtnl_link_register); devices before their link ops. ND-Q01, Q03: devices
/// queued on a list that nobody hands to unregister_netdevice_many().
///
//===----------------------------------------------------------------------===//

#include "engine/Lives.h"
#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class PairingRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Api && Ev.Api->Does == Role::UnregisterFlush && !Ev.Args.empty())
      WorkedOff.insert(Ev.Args[0]);
    if (Ev.Api && Ev.Api->Does == Role::LinkOpsRegister)
      checkLinkOps(At, Ev, S);
    if (!Ev.Api || Ev.Api->Does != Role::Unregister || Ev.Api->ListArg < 0 ||
        size_t(Ev.Api->ListArg) >= Ev.Args.size())
      return;
    ValId List = Ev.Args[Ev.Api->ListArg];
    if (T.isLocalMemory(List) && S.Store.lookup(E.workedOff(List)))
      C.report("ND-Q02", At, S, Ev.Dev,
               "the device is queued on a list that "
               "unregister_netdevice_many() has worked off before",
               Precision::High);
  }

  void todo(const Point &At, const State &S) override {
    for (const auto &[Dev, D] : S.Devs)
      if (D.At == Life::Queued)
        OnlyQueued.push_back({At, S, Dev, D.List});
  }

  void finish() override {
    // A local list that is never worked off is told of at the return.
    for (const Left &X : OnlyQueued)
      if (!T.isLocalMemory(X.List) || WorkedOff.count(X.List))
        C.report("ND-Q03", X.At, X.S, X.Dev,
                 "the RTNL is dropped while the device is only queued for "
                 "unregistration",
                 Precision::High);
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    for (const auto &[Dev, D] : S.Devs)
      if (D.At == Life::Queued && T.isLocalMemory(D.List))
        C.report("ND-Q01", At, S, Dev,
                 "the device is queued on a local list that is never given to "
                 "unregister_netdevice_many()",
                 Precision::High);
    bool Begins = En.Func == P.moduleInit() ||
                  (En.Table && beginsLife(T.text(En.Table->Field)));
    // What another file calls while it starts: there is an end for it here.
    bool Part = !En.Table && P.func(En.Func).Callers.empty();
    if (!(Begins || Part) ||
        !(E.failed(En.Func, Ret, S) || (Begins && C.isOutcome(At, Ret, S))))
      return;
    for (uint32_t Block : S.Notifiers)
      if (Begins || endedElsewhere(Block, En.Func))
        C.report(areLinkOps(Block) ? "ND-O07" : "ND-N01", At, S, Block,
                 "'" + text(Block) +
                     "' stays registered although this function fails",
                 Precision::High);
  }

private:
  /// A device that is only queued where the RTNL is dropped.
  struct Left {
    Point At;
    State S;
    ValId Dev, List;
  };
  std::vector<Left> OnlyQueued;
  std::set<ValId> WorkedOff; ///< lists given to unregister_netdevice_many()

  /// Link ops come before the devices that have them: until then nobody can
  /// delete these, and a failure here leaves them behind.
  void checkLinkOps(const Point &At, const CallEvent &Ev, const State &S) {
    for (const auto &[Dev, D] : S.Devs) {
      const ValId *Ops = S.Store.lookup(
          T.field(Dev, T.name(LinkOpsRecord), T.name(DeviceRecord)));
      if (D.At == Life::Reg && Ops && !Ev.Args.empty() && *Ops == Ev.Args[0])
        C.report("ND-O07", At, S, Dev,
                 "a device with these link ops is registered before them",
                 Precision::High);
    }
  }

  bool areLinkOps(ValId Block) const {
    const Val &V = T.get(Block);
    return V.Kind == ValKind::Global &&
           llvm::any_of(P.slots(), [&](const Slot &S) {
             return S.Table == V.Name && T.text(S.Struct) == LinkOpsRecord;
           });
  }

  /// A function other than \p F unregisters the block \p Block.
  bool endedElsewhere(ValId Block, FuncId F) const {
    const Val &V = T.get(Block);
    for (FuncId Id = 0; V.Kind == ValKind::Global && Id < P.functions().size();
         ++Id) {
      const FuncInfo &I = P.func(Id);
      for (const ApiCall &X : I.Apis) {
        if (Id == F || X.Api->Does != Role::NotifierUnregister)
          continue;
        for (ir::ExprId Arg : I.F->Blocks[X.Block].Insts[X.Inst].Args)
          if (I.U->get(Arg).Kind == ir::ExprKind::Global &&
              I.U->text(I.U->get(Arg).Name) == T.text(V.Name))
            return true;
      }
    }
    return false;
  }

  std::string text(ValId V) const {
    FieldKey K = P.keyOf(V);
    std::string Member;
    for (; T.get(V).Kind == ValKind::Field; V = T.get(V).A)
      Member = "." + T.text(T.get(V).Name).str() + Member;
    if (T.get(V).Kind == ValKind::Global)
      return T.text(T.get(V).Name).str() + Member;
    return K ? C.text(K) : "the notifier";
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makePairingRule(RuleContext &C) {
  return std::make_unique<PairingRule>(C);
}
