//===- TeardownRule.cpp - Torn down before unregistration -------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-I02, D06: until unregister_netdev() returns, callbacks run, and
/// ndo_stop() runs inside it (Documentation/networking/netdevices.rst). What
/// they use must still be there. With devm_register_netdev() that is after
/// remove().
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class TeardownRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Api && Ev.Api->Does == Role::Unregister && Ev.Before &&
        Ev.Before->At == Life::Reg)
      tell("ND-I02", Ev.Dev, S, "before '" + Ev.Shown.str() + "'");
    for (const ApiObject &O : Ev.Objects) {
      if (!ends(O) || O.Object.In != Where::Arg ||
          O.Object.Index >= Ev.Args.size())
        continue;
      ValId V = Ev.Args[O.Object.Index];
      FieldKey K = keyOfArg(At, O);
      if (K)
        Ended[V] = Record{At, K, Ev.Shown.str()};
    }
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    if (!En.Before)
      return;
    for (const auto &[Dev, D] : S.Devs)
      if (D.DevmRegistered && D.At == Life::Reg)
        tell("ND-D06", Dev, S, "before devres unregisters the device");
  }

private:
  struct Record {
    Point At;
    FieldKey Key;
    std::string By;
  };

  /// Rows whose argument is the resource itself, gone afterwards.
  static bool ends(const ApiObject &O) {
    static const llvm::StringRef Classes[] = {
        "workqueue",
        "napi",
        "iomem",
        "memory",
        "dma",
        "dma-pool",
        "phy",
        "phylink",
        "mdiobus",
        "percpu",
        "tasklet",
        "urb",
        "ptp-clock",
        "can-rx-offload",
        "kthread",
        "skb",
        "mutex",
        "phylink-phy",
        "mdiobus-registered",
        "fixed-link",
    };
    return O.Does == Act::Destroy && llvm::is_contained(Classes, O.Class);
  }

  FieldKey keyOfArg(const Point &At, const ApiObject &O) {
    if (!O.Object.Field.empty())
      return {T.name(DeviceRecord), T.name(O.Object.Field)};
    const ir::Inst *I = E.inst(At);
    if (!I || O.Object.Index >= I->Args.size())
      return {};
    ir::ExprId Arg = P.throughLocal(At.Func, I->Args[O.Object.Index]);
    const ir::Expr &X = P.func(At.Func).U->get(Arg);
    return P.keyOf(At.Func, X.Kind == ir::ExprKind::Load ? X.A : Arg);
  }

  /// A callback that still uses \p K without looking whether it is there.
  Witness user(FieldKey K) {
    Witness Best;
    for (const Caller &Who : U.callers()) {
      if (!Who.Table || !Who.Table->Row)
        continue;
      llvm::StringRef Struct = T.text(Who.Table->Struct);
      llvm::StringRef Field = T.text(Who.Table->Field);
      if (Struct != "net_device_ops" || Field == "ndo_init")
        continue;
      const std::vector<FuncId> &Reach = U.closure(Who.Func);
      for (const Use &Each : U.usesOf(K)) {
        bool Uses =
            Each.Kind == UseKind::Read ||
            (Each.Kind == UseKind::Object &&
             (Each.Loaded || Each.Row->Does == Act::Use ||
              Each.Row->Does == Act::Arm || Each.Row->Does == Act::Destroy));
        if (!Uses || !llvm::is_contained(Reach, Each.In))
          continue;
        std::vector<FuncId> Chain = U.chain(Who.Func, Each.In);
        bool Tested = false;
        for (const Use &X : U.usesOf(K))
          Tested |= X.Kind == UseKind::Test && llvm::is_contained(Chain, X.In);
        if (Chain.empty() || Tested)
          continue;
        // ndo_stop() runs for sure when the device is up.
        auto Rank = [&](llvm::StringRef F, size_t N) {
          return std::make_pair(F == "ndo_stop" ? 0 : 1, N);
        };
        if (!Best.From ||
            Rank(Field, Chain.size()) <
                Rank(T.text(Best.From->Table->Field), Best.Chain.size()))
          Best = Witness{&Who, Chain, &Each};
      }
    }
    return Best;
  }

  void tell(llvm::StringRef Rule, ValId Dev, const State &S,
            const std::string &When) {
    for (uint32_t V : S.Gone) {
      auto It = Ended.find(V);
      if (It == Ended.end())
        continue;
      Witness W = user(It->second.Key);
      if (!W.From)
        continue;
      C.report(Rule, It->second.At, S, Dev,
               "'" + C.text(It->second.Key) + "' is ended by '" +
                   It->second.By + "' " + When + ", but " +
                   C.describe(*W.From) + " may still use it",
               Precision::High, C.steps(W, "uses it"));
    }
  }

  std::map<ValId, Record> Ended;
};
} // namespace

std::unique_ptr<Rule> netdev::makeTeardownRule(RuleContext &C) {
  return std::make_unique<TeardownRule>(C);
}
