//===- RtnlRule.cpp - The RTNL: missing, or taken twice ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K01, K02, K06, K09, N02, N03: catalogue B.3 (net/core/rtnetlink.c,
/// ASSERT_RTNL at each function; rtnl_lock is a plain mutex). Only where it is
/// known whether the RTNL is held: from the entry's context, or from what the
/// path did.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class RtnlRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    // ND-L12 speaks of what a destructor does.
    if (!E.coreCalls().empty() &&
        E.coreCalls().back().Step == CoreStep::Destructor)
      return;
    if (!Ev.Api)
      return;
    if (S.Rtnl == 0)
      missing(At, Ev, S);
    if (S.Rtnl > 0) {
      twice(At, Ev, S);
    } else if (Ev.Api->Rtnl == RtnlNeed::MustNot) {
      Clean.insert({At.Func, At.Block, At.Inst});
      inAttribute(At, Ev, S);
    }
  }

  void finish() override {
    for (const Second &X : Seconds)
      C.reportLock(X.Rule, X.At, X.S, X.From,
                   "'" + X.By + "' takes the RTNL, which is already held here",
                   isForOthers(X) ? Precision::Medium : Precision::High);
  }

private:
  /// One call of an entry that leads into trouble is one fault, however many
  /// of the functions below it need the lock.
  bool isFirst(llvm::StringRef Rule, const Point &At) {
    Point Top = C.outermost(At);
    auto [Old, New] = First.try_emplace(
        std::make_tuple(Rule.str(), Top.Func, Top.Block, Top.Inst), At);
    return New ||
           (Old->second.Func == At.Func && Old->second.Block == At.Block &&
            Old->second.Inst == At.Inst);
  }

  /// Who removes the device holds the RTNL and waits in device_del() until no
  /// handler of its attributes runs (net/core/net-sysfs.c netdev_store).
  void inAttribute(const Point &At, const CallEvent &Ev, const State &S) {
    const Slot *Table = E.running().Table;
    if (!Table || !isDeviceAttribute(T.text(Table->Struct)) ||
        !isOfDevice(E.running().Func) || removesAttributes() ||
        !isFirst("ND-K06", At))
      return;
    C.reportLock(
        "ND-K06", At, S, E.running(),
        "'" + Ev.Shown.str() +
            "' waits for the RTNL in an attribute of the device, which "
            "is removed with the RTNL held",
        Precision::High);
  }

  /// The module removes attributes itself, and can do so without the RTNL.
  bool removesAttributes() const {
    for (const FuncInfo &I : P.functions())
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Kind == ir::InstKind::Call &&
              netdev::removesAttributes(I.U->text(In.Callee)))
            return true;
    return false;
  }

  /// \p Handler looks at the struct device it gets as the one in a net_device.
  bool isOfDevice(FuncId Handler) {
    return llvm::any_of(U.closure(Handler), [&](FuncId F) {
      const FuncInfo &I = P.func(F);
      return llvm::any_of(I.F->Blocks, [&](const ir::Block &B) {
        return llvm::any_of(B.Insts, [&](const ir::Inst &In) {
          return holdsDevice(*I.U, In.Value) ||
                 llvm::any_of(In.Args, [&](ir::ExprId A) {
                   return holdsDevice(*I.U, A);
                 });
        });
      });
    });
  }

  static bool holdsDevice(const ir::Unit &Unit, ir::ExprId E) {
    const ir::Expr &X = Unit.get(E);
    return E && ((X.Kind == ir::ExprKind::ContainerOf &&
                  Unit.text(X.Record) == DeviceRecord) ||
                 holdsDevice(Unit, X.A) || holdsDevice(Unit, X.B));
  }

  void missing(const Point &At, const CallEvent &Ev, const State &S) {
    std::string By = "'" + Ev.Shown.str() + "'";
    if (Ev.Api->Rtnl == RtnlNeed::Must && needs(Ev)) {
      if (isFirst("ND-K01", At))
        C.reportLock("ND-K01", At, S, E.running(),
                     By + " needs the RTNL, which is not held here",
                     Precision::High);
    } else if (Ev.Api->Rtnl == RtnlNeed::State &&
               Ev.Api->Does == Role::AssertsRtnl) {
      // Catalogue E.23: before registration no lock is needed.
      std::vector<ExtraStep> Steps;
      Precision Trust = Precision::High;
      if (Ev.Before) {
        if (Ev.Before->At != Life::Reg && Ev.Before->At != Life::Queued)
          return;
        if (!isRegistered(*Ev.Before, S))
          Trust = Precision::Medium;
      } else {
        Steps = whileRegistered(At);
        if (Steps.empty())
          return;
      }
      if (isFirst("ND-K01", At))
        C.reportLock("ND-K09", At, S, E.running(),
                     By + " needs the RTNL once the device is registered, and "
                          "it is not held here",
                     Trust, Steps);
    }
  }

  /// Evidence that the running entry is called for a registered device: it is
  /// work that a callback of the device arms, or it shares a function on the
  /// way to \p At with such a callback. Empty: none.
  std::vector<ExtraStep> whileRegistered(const Point &At) {
    FuncId Top = E.running().Func;
    for (const Caller &Who : U.callers()) {
      if (!Who.Table || !Who.Table->Row ||
          T.text(Who.Table->Struct) != "net_device_ops" ||
          T.text(Who.Table->Field) == InitCallback)
        continue;
      for (const Binding &B : P.bindings())
        if (B.Handler == Top)
          for (const Use &Each : U.usesOf(B.Object))
            if (Each.Kind == UseKind::Object && Each.Row->Does == Act::Arm) {
              Witness W{&Who, U.chain(Who.Func, Each.In), &Each};
              if (!W.Chain.empty())
                return C.steps(W, "arms it");
            }
      if (!betweenLives() || Who.Table->Row->Rtnl != EntryRtnl::Held)
        continue;
      for (CtxId Ctx = At.Ctx; T.site(Ctx).Parent; Ctx = T.site(Ctx).Parent) {
        Witness W{&Who, U.chain(Who.Func, T.site(Ctx).Func), nullptr};
        if (W.Chain.size() > 1)
          return C.steps(W, "");
      }
    }
    return {};
  }

  /// The bus calls the running entry only between probe and remove.
  bool betweenLives() const {
    const Entry &En = E.running();
    return En.Between ||
           (En.Table && (T.text(En.Table->Struct) == "dev_pm_ops" ||
                         T.text(En.Table->Struct) == "pci_error_handlers"));
  }

  /// Nothing unseen can have unregistered it: between probe and remove nobody
  /// does, else remove would be wrong.
  bool isRegistered(const DevState &D, const State &S) const {
    return E.running().Between ? !D.MaybeGone : !D.Opaque && S.Certain;
  }

  /// A function that takes the lock, reached with it held.
  struct Second {
    Point At;
    State S;
    Entry From;
    std::string Rule, By;
  };

  void twice(const Point &At, const CallEvent &Ev, const State &S) {
    if (Ev.Api->Rtnl != RtnlNeed::MustNot || !isFirst("ND-K02", At))
      return;
    bool Registers = Ev.Api->Does == Role::NotifierRegister ||
                     Ev.Api->Does == Role::NotifierUnregister;
    const Slot *Table = E.running().Table;
    bool Notified = Table && T.text(Table->Struct) == NotifierRecord &&
                    C.lockSteps(At, S).empty();
    Seconds.push_back({At, S, E.running(),
                       Registers  ? "ND-N02"
                       : Notified ? "ND-N03"
                                  : "ND-K02",
                       Ev.Shown.str()});
  }

  /// \p X stands under a condition that its callers decide by what they pass,
  /// and some of them do not hold the lock: those that do may never get here.
  bool isForOthers(const Second &X) const {
    if (!Clean.count({X.At.Func, X.At.Block, X.At.Inst}))
      return false;
    for (const TraceNode *N : C.lockSteps(X.At, X.S))
      if (N->Ctx == X.At.Ctx)
        return false; // held by the function itself
    const ir::Function &F = *P.func(X.At.Func).F;
    for (uint32_t B = 0; B < F.Blocks.size(); ++B) {
      const ir::Terminator &T = F.Blocks[B].Term;
      if (!T.Cond || !dependsOnData(X.At.Func, T.Cond))
        continue;
      bool Can = false, Cannot = false;
      for (uint32_t Succ : ir::successors(T))
        (Succ == X.At.Block || ir::mayReach(F, Succ, X.At.Block) ? Can
                                                                 : Cannot) =
            true;
      if (Can && Cannot)
        return true;
    }
    return false;
  }

  /// The condition looks at memory or a parameter, not at what a call gave.
  bool dependsOnData(FuncId Id, ir::ExprId E) const {
    const FuncInfo &F = P.func(Id);
    const ir::Expr &X = F.U->get(E);
    if (!E || X.Kind == ir::ExprKind::Temp)
      return false;
    if (X.Kind == ir::ExprKind::Load) {
      const ir::Expr &A = F.U->get(X.A);
      return A.Kind == ir::ExprKind::Local ? A.Int < F.F->NumParams
                                           : A.Kind == ir::ExprKind::Field ||
                                                 A.Kind == ir::ExprKind::Index;
    }
    return dependsOnData(Id, X.A) || dependsOnData(Id, X.B);
  }

  /// The lock operations themselves are a question of balance; a look-up, or a
  /// pointer that only lockdep watches, may be protected by RCU instead.
  bool needs(const CallEvent &Ev) const {
    switch (Ev.Api->Does) {
    case Role::LookupBorrowed:
    case Role::LookupRtnl:
    case Role::RtnlUnlock:
    case Role::RtnlUnlockCore:
    case Role::RtnlAssert:
      return false;
    default:
      return true;
    }
  }

  std::map<std::tuple<std::string, FuncId, uint32_t, uint32_t>, Point> First;
  std::vector<Second> Seconds;
  std::set<std::tuple<FuncId, uint32_t, uint32_t>> Clean; ///< without RTNL
};
} // namespace

std::unique_ptr<Rule> netdev::makeRtnlRule(RuleContext &C) {
  return std::make_unique<RtnlRule>(C);
}
