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
#include "rules/Ending.h"
#include "rules/Linked.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class InitOrderRule : public Rule {
public:
  explicit InitOrderRule(RuleContext &C) : Rule(C), End(P, U) {}

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
      if (O.Does == Act::Publish && O.Object.Index < Ev.Args.size()) {
        Published[Ev.Args[O.Object.Index]] = O.Class;
        PublishedBy[Ev.Args[O.Object.Index]] = Ev.Shown.str();
      }
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
    setter(At, Addr, S);
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
  /// ND-I03 of setters that are macros: SET_NETDEV_DEV(), SET_NETDEV_DEVTYPE().
  void setter(const Point &At, ValId Addr, const State &S) {
    const Val &A = T.get(Addr), &Inner = T.get(A.A);
    const ir::Inst *I = E.inst(At);
    if (A.Kind != ValKind::Field || Inner.Kind != ValKind::Field ||
        T.text(Inner.Rec) != DeviceRecord || !I || !I->Macro)
      return;
    llvm::StringRef Macro = P.func(At.Func).U->text(I->Macro);
    const ApiFunction *Row = P.model().function(Macro);
    auto D = S.Devs.find(Inner.A);
    if (Row && Row->Does == Role::PreRegisterSetter && D != S.Devs.end() &&
        D->second.At == Life::Reg && D->second.From == Origin::Plain)
      C.report("ND-I03", At, S, Inner.A,
               "'" + Macro.str() + "' has no effect after " +
                   C.registerCall(S, Inner.A),
               Precision::High);
  }

  /// Nothing can call ndo_open() before this thread drops the RTNL: E.17.
  static bool underRtnl(const State &S) { return S.Rtnl != 0; }

  /// /proc/net/dev reads the counters of every device that is listed, open or
  /// not, with no more than RCU (net/core/net-procfs.c dev_seq_printf_stats).
  bool isCalledAnyTime(const Caller &Who) const {
    return Who.Table && T.text(Who.Table->Struct) == "net_device_ops" &&
           T.text(Who.Table->Field).starts_with("ndo_get_stats");
  }

  /// What has become visible, and the callbacks it has.
  struct Visible {
    ValId Value = 0;
    llvm::StringRef Struct; ///< the tables it has; empty: a net_device's
    bool Foreign = false;   ///< its tables are in another unit: all that is
                            ///< given to pointers may be called from there
    explicit operator bool() const { return Value != 0; }
  };

  /// What is visible in \p S and owns the memory of \p Addr.
  Visible owner(ValId Addr, const State &S) {
    ValId Root = T.root(Addr);
    for (const auto &[Dev, D] : S.Devs) {
      if (D.At != Life::Reg || !D.WasRegistered || D.Detached)
        continue;
      if (Root == Dev || (!S.Devs.contains(Root) && linked(Addr, Dev, S, T)))
        return {Dev, "", !hasOwnTable()};
    }
    // Not where it is known to have failed: some go on after a message.
    for (const auto &[V, Status] : S.Public)
      if (!S.Devs.contains(Root) &&
          (rangeOf(S, T, Status).Signs & Range::Zero) &&
          (Root == V || linked(Addr, V, S, T)))
        return {V, Published[V], false};
    return {};
  }

  bool hasOwnTable() const {
    for (const Slot &S : P.slots())
      if (T.text(S.Struct) == "net_device_ops")
        return true;
    return false;
  }

  /// The tables of the device itself that \p S gives it; 0 where not known.
  NameId given(ValId Dev, llvm::StringRef Member, const State &S) const {
    const uint32_t *V =
        S.Store.lookup(T.field(Dev, T.name(Member), T.name(DeviceRecord)));
    return V && T.get(*V).Kind == ValKind::Global ? T.get(*V).Name : 0;
  }

  /// \p Who may run once \p V is visible: a callback of its tables, or what
  /// those lead to.
  bool mayCall(const Caller &Who, const Visible &V, const State &S) {
    if (!Who.Table)
      return !Who.Handler ? V.Foreign : armedWhileUp(*Who.Handler);
    if (!Who.Table->Row)
      return false;
    llvm::StringRef Struct = T.text(Who.Table->Struct);
    llvm::StringRef Field = T.text(Who.Table->Field);
    if (!V.Struct.empty())
      return Struct == V.Struct;
    if (Struct != "net_device_ops" && Struct != "ethtool_ops")
      return false;
    // Only the tables this device was given, where that is known.
    NameId Own =
        given(V.Value,
              Struct == "net_device_ops" ? DeviceOpsMember : "ethtool_ops", S);
    if (Own && Who.Table->Table != Own)
      return false;
    // These run inside register_netdevice() or after unregistration.
    return Field != "ndo_init" && Field != "ndo_uninit";
  }

  /// The interrupt or NAPI handler is bound or armed by what runs only once the
  /// device is opened.
  bool armedWhileUp(const Binding &B) {
    if (B.In == NoFunc || (B.Class != "irq" && B.Class != "napi"))
      return false;
    for (const Caller &Who : U.callers())
      if (Who.Table && Who.Table->Row &&
          T.text(Who.Table->Struct) == "net_device_ops" &&
          P.runs(Who.Func, B.In))
        return true;
    return false;
  }

  /// A callback of a device table that needs \p K to be there.
  Witness reader(FieldKey K, llvm::StringRef Class, const Visible &V,
                 const State &S) {
    Witness Best;
    for (const Caller &Who : U.callers()) {
      if (!mayCall(Who, V, S) || (underRtnl(S) && !isCalledAnyTime(Who)))
        continue;
      const std::vector<FuncId> &Reach = U.closure(Who.Func);
      for (const Use &Each : U.usesOf(K)) {
        if (!llvm::is_contained(Reach, Each.In) || !needs(Each, Class) ||
            !happensInProbe(Each))
          continue;
        std::vector<FuncId> Chain = U.chain(Who.Func, Each.In);
        if (Chain.empty() || guarded(Chain, K))
          continue;
        // What opens the device is what everybody meets first.
        auto Rank = [&](const Caller &W, const std::vector<FuncId> &Path) {
          llvm::StringRef F = W.Table ? T.text(W.Table->Field) : "";
          return std::make_tuple(F == "ndo_open"         ? 0
                                 : F == "ndo_stop"       ? 3
                                 : F.starts_with("ndo_") ? 1
                                 : !F.empty()            ? 2
                                                         : 4,
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

  /// Not under a condition that holds only once there is more than probe finds:
  /// `for (i = 0; i < pci_num_vf(pdev); ++i)`.
  bool happensInProbe(const Use &Each) const {
    const ir::Function &F = *P.func(Each.In).F;
    return ir::isReached(F, Each.Block, [&](uint32_t From, uint32_t To) {
      const ir::Terminator &T = F.Blocks[From].Term;
      if (T.Kind != ir::TermKind::Branch || T.Succ == T.Else)
        return false;
      std::optional<bool> Taken = inProbe(Each.In, T.Cond);
      return Taken && To == (*Taken ? T.Else : T.Succ);
    });
  }

  /// What \p Cond of \p F is while probe runs, as far as that shows.
  std::optional<bool> inProbe(FuncId F, ir::ExprId Cond) const {
    const ir::Unit &U = *P.func(F).U;
    const ir::Expr &X = U.get(Cond);
    llvm::StringRef Op = U.text(X.Op);
    if (X.Kind == ir::ExprKind::Unary && Op == "!") {
      std::optional<bool> Inner = inProbe(F, X.A);
      return Inner ? std::optional<bool>(!*Inner) : std::nullopt;
    }
    if (X.Kind != ir::ExprKind::Binary)
      return isNone(F, Cond) ? std::optional<bool>(false) : std::nullopt;
    // Indices and counts are not below 0.
    if (isNone(F, X.B) && (Op == "<" || Op == ">="))
      return Op == ">=";
    bool Null = U.get(X.B).Kind == ir::ExprKind::Int && !U.get(X.B).Int;
    if (isNone(F, X.A) && (Op == ">" || Op == "<=" || Null))
      return Op == "<=" || Op == "==" || Op == ">=";
    return std::nullopt;
  }

  /// \p E counts what is not there before probe has returned.
  bool isNone(FuncId F, ir::ExprId E) const {
    const FuncInfo &I = P.func(F);
    const ir::Expr &X = I.U->get(P.throughLocal(F, E));
    if (X.Kind != ir::ExprKind::Temp)
      return false;
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == ir::InstKind::Call && In.Temp == X.Int)
          return isZeroInProbe(I.U->text(In.Callee));
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

  /// ndo_open() makes it ready, again or for itself.
  bool openMakes(FieldKey K) {
    return llvm::any_of(U.slots("net_device_ops", "ndo_open"), [&](auto *S) {
      return U.findIn(S->Func, K, [](const Use &Each) {
        return Each.Kind == UseKind::Object && Each.Row->Does == Act::Init;
      });
    });
  }

  void late(const Point &At, ValId Addr, llvm::StringRef By, const State &S,
            llvm::StringRef Class) {
    FieldKey K = P.keyOf(Addr);
    if (!K)
      return;
    Visible V = owner(Addr, S);
    if (!V || S.Store.lookup(Addr))
      return;
    Witness W = reader(K, Class, V, S);
    if (!W.From)
      return;
    std::string Visibly = V.Struct.empty() ? C.registerCall(S, V.Value)
                                           : "'" + PublishedBy[V.Value] + "'";
    C.report("ND-I01", At, S, V.Value,
             "'" + C.text(K) + "' is initialised by '" + By.str() + "' after " +
                 Visibly + ", but " + C.describe(*W.From) +
                 " may use it before",
             isSure(W, At, K, Class) ? Precision::High : Precision::Medium,
             C.steps(W, "uses it"));
  }

  /// ndo_stop() and handlers only run once ndo_open() did, which anybody may
  /// call by now: it may make ready what they need, and they may be told that
  /// not all is there yet.
  bool isSure(const Witness &W, const Point &At, FieldKey K,
              llvm::StringRef Class) {
    bool Stops = W.From->Table && T.text(W.From->Table->Field) == "ndo_stop";
    if (!Stops && !W.From->Handler)
      return true;
    if (openMakes(K) || End.heedsFlagBehind(W, C.outermost(At)))
      return false;
    if (W.From->Handler)
      return !Class.empty() && P.model().objectClass(Class).NeedsInit;
    // Who releases what was never made is given NULL.
    return !llvm::any_of(U.usesIn(W.At->In), [&](const Use &X) {
      return X.Row && X.Row->Does == Act::Destroy && X.Key == W.At->Key &&
             X.Block == W.At->Block && X.Inst == W.At->Inst;
    });
  }

  Ending End;
  std::map<ValId, std::string> Published; ///< its tables' struct
  std::map<ValId, std::string> PublishedBy;
  std::map<ValId, std::string> Made;
};
} // namespace

std::unique_ptr<Rule> netdev::makeInitOrderRule(RuleContext &C) {
  return std::make_unique<InitOrderRule>(C);
}
