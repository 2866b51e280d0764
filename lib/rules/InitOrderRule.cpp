//===- InitOrderRule.cpp - Initialised after registration -------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-I01, I03: from register_netdev() on, the callbacks can run
/// (Documentation/networking/netdevices.rst: "all initialization must be done
/// prior to registration"). A finding needs the callback that uses the member.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class InitOrderRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Api && Ev.Api->Does == Role::PreRegisterSetter && Ev.Before &&
        Ev.Before->At == Life::Reg && Ev.Before->From == Origin::Plain)
      C.report("ND-I03", At, S, Ev.Dev,
               "'" + Ev.Shown.str() + "' has no effect after " +
                   C.registerCall(S, Ev.Dev),
               Precision::High);
    for (const ApiObject &O : Ev.Objects) {
      if (O.Does == Act::Create && O.Object.In == Where::Ret && Ev.Result)
        Made[Ev.Result] = Ev.Shown.str();
      if ((O.Does != Act::Init && O.Does != Act::Create && O.Does != Act::Bind))
        continue;
      ValId Addr = E.addressOf(O, Ev.Args);
      if (Addr && !S.Ready.contains(Addr))
        late(At, Addr, Ev.Shown, S, O.Class);
    }
  }

  void store(const Point &At, ValId Addr, ValId Value,
             const State &S) override {
    auto It = Made.find(Value);
    if (It != Made.end())
      late(At, Addr, It->second, S, "");
    const Val &A = T.get(Addr);
    if (A.Kind == ValKind::Field && T.text(A.Rec) == DeviceRecord &&
        P.model().mustPrecedeRegister(T.text(A.Name))) {
      auto D = S.Devs.find(A.A);
      if (D != S.Devs.end() && D->second.At == Life::Reg &&
          D->second.From == Origin::Plain && !underRtnl(S) &&
          !S.Store.lookup(Addr))
        C.report("ND-I01", At, S, A.A,
                 "'" + T.text(A.Name).str() + "' is set after " +
                     C.registerCall(S, A.A) + " made the device visible",
                 Precision::High);
    }
  }

private:
  /// Nothing can call ndo_open() before this thread drops the RTNL: E.17.
  static bool underRtnl(const State &S) { return S.Rtnl != 0; }

  /// The device that is registered in \p S and owns the memory of \p Addr.
  ValId owner(ValId Addr, const State &S) const {
    ValId Root = T.root(Addr);
    for (const auto &[Dev, D] : S.Devs) {
      if (D.At != Life::Reg || !D.WasRegistered || D.Detached ||
          D.From == Origin::Param)
        continue;
      if (Root == Dev)
        return Dev;
      if (S.Devs.count(Root))
        continue; // another device's memory
      // Memory that points to the device, or that the device points to.
      for (const auto &KV : S.Store)
        if ((T.root(KV.first) == Root && KV.second == Dev) ||
            (T.root(KV.first) == Dev && KV.second == Root))
          return Dev;
    }
    return 0;
  }

  /// A callback of a device table that needs \p K to be there.
  Witness reader(FieldKey K, llvm::StringRef Class, ValId Dev, const State &S) {
    // Only the tables this device was given, where that is known.
    auto Given = [&](llvm::StringRef Member) {
      const uint32_t *V =
          S.Store.lookup(T.field(Dev, T.name(Member), T.name(DeviceRecord)));
      return V && T.get(*V).Kind == ValKind::Global ? T.get(*V).Name : 0;
    };
    NameId Ops = Given("netdev_ops"), Ethtool = Given("ethtool_ops");
    Witness Best;
    for (const Caller &Who : U.callers()) {
      if (!Who.Table || !Who.Table->Row)
        continue;
      llvm::StringRef Struct = T.text(Who.Table->Struct);
      llvm::StringRef Field = T.text(Who.Table->Field);
      if (Struct != "net_device_ops" && Struct != "ethtool_ops")
        continue;
      NameId Own = Struct == "net_device_ops" ? Ops : Ethtool;
      if (Own && Who.Table->Table != Own)
        continue;
      // These run inside register_netdevice() or after unregistration.
      if (Field == "ndo_init" || Field == "ndo_uninit")
        continue;
      const std::vector<FuncId> &Reach = U.closure(Who.Func);
      for (const Use &Each : U.usesOf(K)) {
        if (!llvm::is_contained(Reach, Each.In) || !needs(Each, Class))
          continue;
        std::vector<FuncId> Chain = U.chain(Who.Func, Each.In);
        if (Chain.empty() || guarded(Chain, K))
          continue;
        // What opens the device is what everybody meets first.
        auto Rank = [&](const Caller &W, const std::vector<FuncId> &Path) {
          llvm::StringRef F = T.text(W.Table->Field);
          return std::make_tuple(F == "ndo_open"         ? 0
                                 : F.starts_with("ndo_") ? 1
                                                         : 2,
                                 Path.size(), U.callLines(Path));
        };
        if (!Best.From || Rank(Who, Chain) < Rank(*Best.From, Best.Chain))
          Best = Witness{&Who, Chain, &Each};
      }
    }
    return Best;
  }

  /// \p Each makes no sense before the member is initialised.
  bool needs(const Use &Each, llvm::StringRef Class) const {
    if (Class.empty() && (Each.Kind == UseKind::Read || Each.Loaded))
      return true;
    if (Each.Kind == UseKind::Object)
      return Each.Row->Does == Act::Use || Each.Row->Does == Act::Arm ||
             Each.Row->Does == Act::CancelSync ||
             Each.Row->Does == Act::DisableSync ||
             Each.Row->Does == Act::FlushSync;
    return false;
  }

  /// A function of the chain tests the member before it is used.
  bool guarded(const std::vector<FuncId> &Chain, FieldKey K) const {
    for (const Use &Each : U.usesOf(K))
      if (Each.Kind == UseKind::Test && llvm::is_contained(Chain, Each.In))
        return true;
    // Written first: the callback makes its own.
    for (const Use &Each : U.usesOf(K))
      if ((Each.Kind == UseKind::Write ||
           (Each.Kind == UseKind::Object && Each.Row->Does == Act::Init &&
            !Each.Loaded)) &&
          llvm::is_contained(Chain, Each.In))
        return true;
    return false;
  }

  void late(const Point &At, ValId Addr, llvm::StringRef By, const State &S,
            llvm::StringRef Class) {
    if (underRtnl(S))
      return;
    FieldKey K = P.keyOf(Addr);
    if (!K)
      return;
    ValId Dev = owner(Addr, S);
    if (!Dev || S.Store.lookup(Addr))
      return;
    Witness W = reader(K, Class, Dev, S);
    if (!W.From)
      return;
    C.report("ND-I01", At, S, Dev,
             "'" + C.text(K) + "' is initialised by '" + By.str() + "' after " +
                 C.registerCall(S, Dev) + ", but " + C.describe(*W.From) +
                 " may use it before",
             // ndo_stop() only runs once ndo_open() did.
             T.text(W.From->Table->Field) == "ndo_stop" ? Precision::Medium
                                                        : Precision::High,
             C.steps(W, "uses it"));
  }

  std::map<ValId, std::string> Made;
};
} // namespace

std::unique_ptr<Rule> netdev::makeInitOrderRule(RuleContext &C) {
  return std::make_unique<InitOrderRule>(C);
}
