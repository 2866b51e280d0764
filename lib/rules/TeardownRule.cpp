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
#include "rules/Ending.h"
#include "rules/ErrorEdge.h"
#include "rules/Linked.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class TeardownRule : public Rule {
public:
  explicit TeardownRule(RuleContext &C) : Rule(C), End(P, U) {}

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    auto When = [&] { return "before '" + Ev.Shown.str() + "'"; };
    // A device that is not followed, but is unregistered, is registered.
    if (Ev.Api && Ev.Api->Does == Role::Unregister &&
        (!Ev.Before || Ev.Before->At == Life::Reg))
      tell("ND-I02", Ev.Dev, "net_device_ops", S, At, When());
    for (const ApiObject &O : Ev.Objects) {
      if (O.Object.In != Where::Arg || O.Object.Index >= Ev.Args.size())
        continue;
      ValId V = Ev.Args[O.Object.Index];
      if (O.Does == Act::Withdraw)
        tell("ND-I02", V, O.Class, S, At, When());
      if (O.Does != Act::Destroy || !P.model().objectClass(O.Class).Ends)
        continue;
      if (FieldKey K = keyOfArg(At, O))
        Ended[V] = Record{At, K, O.Class, Ev.Shown.str(), place(At, O, S)};
    }
  }

  /// A handle that code which is not at hand frees, by its name: it is all that
  /// is given.
  void released(const Point &At, ValId What, bool Assumed,
                const State &S) override {
    ApiObject First;
    First.Object = {Where::Arg, 0, ""};
    FieldKey K = Assumed ? keyOfArg(At, First) : FieldKey();
    const ir::Inst *I = E.inst(At);
    if (K && U.isPrivate(K.Rec) && I && I->Args.size() == 1 &&
        P.func(At.Func).pointee(I->Args[0]) != DeviceRecord)
      Ended[What] = Record{At, K, "", P.func(At.Func).U->text(I->Callee).str(),
                           place(At, First, S)};
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    if (!En.Before)
      return;
    for (const auto &[Dev, D] : S.Devs)
      if (D.DevmRegistered && D.At == Life::Reg)
        tell("ND-D06", Dev, "net_device_ops", S, At,
             "before devres unregisters the device");
  }

private:
  struct Record {
    Point At;
    FieldKey Key;
    std::string Class, By;
    ValId Place = 0; ///< the address it is, or is kept at
  };

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

  ValId place(const Point &At, const ApiObject &O, const State &S) {
    const ir::Inst *I = E.inst(At);
    if (!I || O.Object.Index >= I->Args.size())
      return 0;
    ir::ExprId Arg = P.throughLocal(At.Func, I->Args[O.Object.Index]);
    const ir::Expr &X = P.func(At.Func).U->get(Arg);
    return E.value(At, X.Kind == ir::ExprKind::Load ? X.A : Arg, S);
  }

  /// Where it is ended, another member has been reset that \p Chain looks at: a
  /// count, or a flag.
  bool heeds(llvm::ArrayRef<FuncId> Chain, const Record &R, const State &S) {
    std::set<FieldKey> Known, Reset;
    for (const auto &KV : S.Store)
      if (T.get(KV.second).Kind == ValKind::Int)
        Known.insert(P.keyOf(KV.first));
    for (const Use &Each : U.usesIn(R.At.Func))
      if (Each.Kind == UseKind::Write && !(Each.Key == R.Key) &&
          Known.count(Each.Key))
        Reset.insert(Each.Key);
    if (Reset.empty())
      return false;
    for (FuncId F : Chain)
      for (const Use &Each : U.usesIn(F)) {
        // A number that is read to decide, where a block ends; what a pointer
        // leads to says nothing of the pointer.
        const ir::Block &B = P.func(F).F->Blocks[Each.Block];
        if ((Each.Kind == UseKind::Test ||
             (Each.Kind == UseKind::Read && Each.Inst == B.Insts.size() &&
              U.isScalar(Each.Key))) &&
            Reset.count(Each.Key))
          return true;
      }
    return false;
  }

  /// \p Each makes no sense once the object is gone.
  static bool needs(const Use &Each) {
    if (Each.Kind == UseKind::Read)
      return true;
    if (Each.Kind != UseKind::Object)
      return false;
    switch (Each.Row->Does) {
    case Act::Use:
    case Act::Arm:
    case Act::Destroy:
    case Act::CancelSync:
    case Act::DisableSync:
    case Act::FlushSync:
      return true;
    default:
      return Each.Loaded;
    }
  }

  /// What \p K names has been ended on this path itself.
  bool endedToo(FieldKey K, const State &S) const {
    return llvm::any_of(S.Gone, [&](uint32_t V) {
      auto It = Ended.find(V);
      return It != Ended.end() && It->second.Key == K;
    });
  }

  /// A callback of a \p Struct that still needs \p R, and does not look first
  /// whether it is there.
  Witness user(const Record &R, llvm::StringRef Struct, const State &S) {
    Witness Best;
    // Where probe itself gives up there is nothing on it yet.
    bool Done = S.Later || S.Devs.isEmpty();
    const std::vector<std::string> &Carried =
        P.model().objectClass(R.Class).Carries;
    for (const Caller &Who : U.callers()) {
      if (!Who.Table || !Who.Table->Row || T.text(Who.Table->Struct) != Struct)
        continue;
      llvm::StringRef Field = T.text(Who.Table->Field);
      if (Field == "ndo_init")
        continue;
      // ndo_stop() runs for sure when the device is up.
      auto Rank = [&](llvm::StringRef F, size_t N) {
        return std::make_pair(F == "ndo_stop" ? 0 : 1, N);
      };
      auto Offer = [&](const Use &Each, std::vector<FuncId> Chain) {
        if (!Best.From ||
            Rank(Field, Chain.size()) <
                Rank(T.text(Best.From->Table->Field), Best.Chain.size()))
          Best = Witness{&Who, std::move(Chain), &Each};
      };
      const std::vector<FuncId> &Reach = U.closure(Who.Func);
      for (const Use &Each : U.usesOf(R.Key)) {
        if (!needs(Each) || !llvm::is_contained(Reach, Each.In))
          continue;
        std::vector<FuncId> Chain = U.chain(Who.Func, Each.In);
        bool Tested = false;
        for (const Use &X : U.usesOf(R.Key))
          Tested |= X.Kind == UseKind::Test && llvm::is_contained(Chain, X.In);
        if (!Chain.empty() && !Tested && !heeds(Chain, R, S))
          Offer(Each, std::move(Chain));
      }
      // What lives on it goes with it, whatever the device still holds.
      if (Field != "ndo_stop" || Carried.empty() || !Done)
        continue;
      for (FuncId F : Reach)
        for (const Use &Each : U.usesIn(F))
          if (Each.Kind == UseKind::Object && needs(Each) &&
              llvm::is_contained(Carried, Each.Row->Class) &&
              !endedToo(Each.Key, S))
            Offer(Each, U.chain(Who.Func, F));
    }
    return Best;
  }

  /// A link that this module makes and ends, and that nothing at hand starts:
  /// ndo_open and ndo_stop, which are not, do (drivers/net/phy/phylink.c on
  /// phylink_start() and phylink_destroy()).
  bool stoppedElsewhere(const Record &R) const {
    return R.Class == "phylink" &&
           U.slots(DeviceOpsRecord, "ndo_stop").empty() &&
           llvm::any_of(P.slots(),
                        [&](const Slot &S) {
                          return T.text(S.Struct) == DeviceOpsRecord &&
                                 P.initial(S.Table, "ndo_stop");
                        }) &&
           llvm::none_of(U.usesOf(R.Key), [](const Use &Each) {
             return Each.Kind == UseKind::Object && Each.Row->Does == Act::Use;
           });
  }

  void tell(llvm::StringRef Rule, ValId Visible, llvm::StringRef Struct,
            const State &S, const Point &Until, const std::string &When) {
    // Closed, or marked as absent: nothing of it runs.
    if (S.rest(Visible) == Rest::Disabled)
      return;
    std::vector<ValId> Gone(S.Gone.begin(), S.Gone.end());
    for (const auto &R : S.Released)
      if (T.get(R.first).Kind == ValKind::Binary)
        Gone.push_back(R.first);
    for (ValId V : Gone) {
      auto It = Ended.find(V);
      if (It == Ended.end())
        continue;
      const Record &R = It->second;
      // Where one function does both, and this last, it has run before: for
      // another device.
      if (comesBefore(P, {Until.Func, Until.Block, Until.Inst},
                      {R.At.Func, R.At.Block, R.At.Inst}))
        continue;
      // Another device's, or made anew since.
      ValId Holder = T.root(R.Place);
      if (Holder != Visible && P.privateOf(Visible) != Holder &&
          (S.Devs.contains(Holder) || !linked(R.Place, Visible, S, T)))
        continue;
      const uint32_t *Now = S.Store.lookup(R.Place);
      ValId Was = T.get(V).Kind == ValKind::Binary ? T.get(V).A : V;
      if (Now && *Now != Was && T.get(*Now).Kind != ValKind::Int)
        continue;
      Witness W = user(R, Struct, S);
      if (!W.From && stoppedElsewhere(R)) {
        C.report(Rule, R.At, S, Visible,
                 "'" + C.text(R.Key) + "' is ended by '" + R.By + "' " + When +
                     ", but 'ndo_stop' has yet to stop it",
                 Precision::High,
                 {{Until.Func, Until.Block, Until.Inst,
                   "until here its callbacks may run"}});
        continue;
      }
      // A callback that ends it itself knows how to tell whether it is there.
      if (!W.From || P.runs(W.From->Func, R.At.Func))
        continue;
      bool Itself = W.At->Key == R.Key;
      // A flag may keep the callback from it; and what is called for an
      // interface is not when that has gone.
      const Slot *Table = E.running().Table;
      bool Sure = !End.heedsFlagBefore(W, C.outermost(Until)) &&
                  !(Table && Table->Row && Table->Row->Unregistered);
      std::vector<ExtraStep> Steps =
          C.steps(W, Itself ? "uses it" : "uses that");
      Steps.push_back({Until.Func, Until.Block, Until.Inst,
                       "until here its callbacks may run"});
      C.report(Rule, R.At, S, Visible,
               "'" + C.text(R.Key) + "' is ended by '" + R.By + "' " + When +
                   ", but " + C.describe(*W.From) +
                   (Itself ? " may still use it"
                           : " still uses '" + C.text(W.At->Key) +
                                 "', which goes with it"),
               Sure ? Precision::High : Precision::Medium, std::move(Steps));
    }
  }

  Ending End;
  std::map<ValId, Record> Ended;
};
} // namespace

std::unique_ptr<Rule> netdev::makeTeardownRule(RuleContext &C) {
  return std::make_unique<TeardownRule>(C);
}
