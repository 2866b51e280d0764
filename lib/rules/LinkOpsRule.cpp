//===- LinkOpsRule.cpp - The contract of rtnl_link_ops ----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-O04, O05, O06: what setup and dellink owe the core, which deletes devices
/// of link ops on its own (net/core/rtnetlink.c rtnl_newlink_create,
/// rtnl_dellink; net/core/dev.c default_device_exit_batch). O02 and O03, which
/// are about the end of newlink, are in LeakRule.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class LinkOpsRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Api && Ev.Api->Does == Role::UnregisterFlush && !Ev.Args.empty())
      if (const Slot *Del = rootSlot(At, "dellink"))
        if (isParameter(Del->Func, Ev.Args[0]))
          C.report("ND-O05", At, S, 0,
                   "'dellink' works off the list it is given with '" +
                       Ev.Shown.str() + "': its caller does that",
                   Precision::High);
    if (acquires(Ev) && inSetup(At))
      C.report("ND-O04", At, S, 0,
               "'" + Ev.Shown.str() +
                   "' acquires something in 'setup', which "
                   "nobody gives back when the allocation "
                   "fails after it",
               Precision::Medium);
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    if (!En.Table || !isLinkOps(T.text(En.Table->Struct)))
      return;
    llvm::StringRef Field = T.text(En.Table->Field);
    if (Field == "dellink")
      stays(En, At, S);
    bool Default = Field == "setup" && !has(*En.Table, "newlink");
    if (Field != "newlink" && !Default)
      return;
    for (const auto &[Dev, D] : S.Devs)
      if (D.From == Origin::LinkOps && !E.failed(En.Func, Ret, S) &&
          (Default || D.At == Life::Reg))
        nobodyFrees(*En.Table, At, Dev, D, S);
  }

private:
  /// dellink unregisters the device on another path, and not on this one. Which
  /// device it is may decide (the fallback tunnels of a namespace); mostly this
  /// one is for what cannot be.
  void stays(const Entry &En, const Point &At, const State &S) {
    if (!U.mayDo(En.Func, Role::Unregister) || comparesDevices(En.Func))
      return;
    for (const auto &[Dev, D] : S.Devs)
      if (D.From == Origin::LinkOps && D.At == Life::Reg && !D.Opaque &&
          !D.MaybeGone && S.Certain)
        C.report("ND-O05", At, S, Dev,
                 "'dellink' leaves the device registered on this path",
                 Precision::Low);
  }

  bool comparesDevices(FuncId F) {
    auto IsDevice = [](const ir::Unit &Unit, ir::ExprId E) {
      const ir::Expr &X = Unit.get(E);
      return X.Kind == ir::ExprKind::Load &&
             Unit.text(Unit.get(X.A).Type).starts_with("struct net_device *");
    };
    return llvm::any_of(U.closure(F), [&](FuncId Each) {
      const FuncInfo &I = P.func(Each);
      return llvm::any_of(I.F->Blocks, [&](const ir::Block &B) {
        const ir::Expr &X = I.U->get(B.Term.Cond);
        return X.Kind == ir::ExprKind::Binary &&
               (IsDevice(*I.U, X.A) || IsDevice(*I.U, X.B));
      });
    });
  }

  const Slot *sibling(const Slot &S, llvm::StringRef Field) const {
    for (const Slot &O : P.slots())
      if (O.Table == S.Table && T.text(O.Field) == Field)
        return &O;
    return nullptr;
  }

  /// The table names a function there, at hand or not.
  bool has(const Slot &S, llvm::StringRef Field) const {
    return P.initial(S.Table, Field) != 0;
  }

  /// The slot of \p Field that the execution at \p At began with.
  const Slot *rootSlot(const Point &At, llvm::StringRef Field) const {
    CtxId Ctx = At.Ctx;
    while (T.site(Ctx).Parent)
      Ctx = T.site(Ctx).Parent;
    for (const Slot &S : P.slots())
      if (S.Func == T.site(Ctx).Func && T.text(S.Field) == Field &&
          isLinkOps(T.text(S.Struct)))
        return &S;
    return nullptr;
  }

  bool isParameter(FuncId F, ValId V) const {
    for (uint32_t I = 0; I < P.func(F).F->NumParams; ++I)
      if (E.parameter(F, I) == V)
        return true;
    return false;
  }

  bool inSetup(const Point &At) const {
    llvm::ArrayRef<CoreCall> Calls = E.coreCalls();
    return Calls.empty() ? rootSlot(At, "setup") != nullptr
                         : Calls.back().Step == CoreStep::Setup;
  }

  static bool acquires(const CallEvent &Ev) {
    if (Ev.Api &&
        (Ev.Api->Does == Role::Hold || Ev.Api->Does == Role::LookupHeld ||
         Ev.Api->Does == Role::NotifierRegister))
      return true;
    for (const ApiObject &O : Ev.Objects)
      if (O.Does == Act::Create && O.Object.In == Where::Ret && !O.Devm &&
          mustBeReleased(O.Class))
        return true;
    return false;
  }

  /// \p F gives a device, or its private area, to driver code that is not at
  /// hand.
  bool givesAway(FuncId F) {
    for (FuncId Each : U.closure(F)) {
      const FuncInfo &I = P.func(Each);
      auto LeadsToDevice = [&](ir::ExprId Arg) {
        llvm::StringRef Rec = I.pointee(Arg);
        return Rec == DeviceRecord || Rec == "void" ||
               U.privateRecords().count(T.name(Rec));
      };
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Kind == ir::InstKind::Call &&
              (!In.Callee || P.isElsewhere(I.U->text(In.Callee))) &&
              llvm::any_of(In.Args, LeadsToDevice))
            return true;
    }
    return false;
  }

  /// The core deletes the device (ip link del, the end of a namespace, the
  /// module's), and neither it nor the driver frees it then.
  void nobodyFrees(const Slot &Ops, const Point &At, ValId Dev,
                   const DevState &D, const State &S) {
    const Slot *Setup = sibling(Ops, "setup");
    if (D.NeedsFree != Tri::No || D.Opaque || !Setup)
      return;
    if (D.Destructor) {
      FuncId Fin = P.find(P.func(Setup->Func).UnitIndex,
                          T.text(T.get(D.Destructor).Name));
      if (Fin == NoFunc || U.mayDo(Fin, Role::Free))
        return;
    }
    // What dellink does instead; an empty one leaves the device to the driver.
    const Slot *Del = sibling(Ops, "dellink");
    if (has(Ops, "dellink") && (!Del || !U.mayDo(Del->Func, Role::Unregister) ||
                                U.mayDo(Del->Func, Role::Free) ||
                                U.mayDo(Del->Func, Role::UnregisterFree)))
      return;
    // ndo_init may set it, and may be in another unit.
    ValId Table = 0;
    if (const uint32_t *V = S.Store.lookup(
            T.field(Dev, T.name(DeviceOpsMember), T.name(DeviceRecord))))
      Table = *V;
    if (T.get(Table).Kind == ValKind::Global &&
        P.initial(T.get(Table).Name, InitCallback) &&
        P.inTable(T.get(Table).Name, InitCallback) == NoFunc)
      return;
    bool Seen = (!Table || T.get(Table).Kind == ValKind::Global) &&
                !givesAway(Setup->Func) && !givesAway(Ops.Func);
    const ir::Function &F = *P.func(Setup->Func).F;
    std::vector<ExtraStep> Steps;
    if (Del)
      Steps.push_back({Del->Func, ~0u, 0, "'dellink' only unregisters it"});
    C.report("ND-O06", Point{0, Setup->Func, uint32_t(F.Blocks.size()), 0}, S,
             Dev,
             "'setup' leaves 'needs_free_netdev' unset: nobody frees the "
             "device when it is deleted",
             Seen ? Precision::High : Precision::Medium, Steps);
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeLinkOpsRule(RuleContext &C) {
  return std::make_unique<LinkOpsRule>(C);
}
