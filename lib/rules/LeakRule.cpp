//===- LeakRule.cpp - Devices nobody frees ----------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L07, L08, L09, L17, O02, O03: what may not be left at the end of an entry
/// (catalogue B.1, B.4; net/core/rtnetlink.c rtnl_newlink_create).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

/// What ND-L17 says.
constexpr llvm::StringLiteral StaysRegistered =
    "an error is returned while the device stays registered";

namespace {
class LeakRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    for (const ApiObject &O : Ev.Objects)
      if (O.Does == Act::Create && O.Class == "memory" &&
          O.Object.In == Where::Ret && Ev.Result)
        Memory.insert(Ev.Result);
    if (!Ev.Api)
      return;
    if (Ev.Api->Does == Role::Unregister &&
        (!Ev.Before || Ev.Before->From == Origin::Param))
      Unnamed.insert({C.entryOf(At.Ctx), {At, S, Ev.Dev}});
    if (Ev.Api->Does == Role::Unregister && Ev.Before &&
        cameIn(Life::Reg, Ev.Dev, S) == At.Func)
      Undone.insert({Ev.Dev, At.Func, Ev.Before->MaybeGone});
    if (Ev.Api->Does != Role::Free)
      return;
    if (Ev.Before && Ev.Before->From != Origin::Param)
      Released.insert({Ev.Dev, At.Func, Ev.Before->MaybeGone});
    else
      for (CtxId Ctx = At.Ctx; Ctx; Ctx = T.site(Ctx).Parent)
        Unresolved.insert({C.entryOf(At.Ctx), T.site(Ctx).Func});
  }

  /// A device that others can find leaks as well when a sibling error path of
  /// the function that made it does release it, and must not stay registered
  /// when one of the function that registered it undoes that (Hector, DSN 2013:
  /// the exemplar is in the same function).
  void finish() override {
    for (const Candidate &X : Candidates) {
      auto IsIn = [&](const std::set<Taken> &Back) {
        return llvm::any_of(X.By, [&](FuncId F) {
          return Back.count({X.Dev, F, true}) ||
                 (!X.MaybeGone && Back.count({X.Dev, F, false}));
        });
      };
      if (!IsIn(Released) && !(X.Rule == "ND-L17" && IsIn(Undone)))
        continue;
      // A release of a device that has no name may have been meant; less so if
      // who made it fails itself, and only its callers release something.
      bool Meant = X.MaybeGone ? Unresolved.count({X.EntryFunc, X.EntryFunc})
                               : X.S.Swept;
      FuncId First = X.By.front();
      if (!Meant || (!Unresolved.count({X.EntryFunc, First}) &&
                     LeftAlone.count({X.Dev, First})))
        C.report(X.Rule, X.At, X.S, X.Dev, X.Message,
                 Meant ? Precision::Medium : Precision::High);
    }
    // A helper that frees on other paths to the same place has its reasons.
    for (const Candidate &X : Lost)
      if (!HelperFrees.count({X.Dev, X.At.Func, X.At.Block}))
        C.report(X.Rule, X.At, X.S, X.Dev, X.Message, Precision::High);
  }

  /// A caller that is told of a failure cannot free what it never got to see.
  void leftFrame(const Point &At, ValId Ret, const State &S) override {
    if (!E.failed(At.Func, Ret, S))
      return;
    for (const auto &[Dev, D] : S.Devs)
      if (D.At == Life::Freed && D.From == Origin::Plain &&
          llvm::is_contained(makersOf(Dev, S), At.Func))
        Released.insert({Dev, At.Func, D.MaybeGone});
    for (const auto &[Dev, D] : S.Devs) {
      if (D.From != Origin::Plain || D.MaybeGone || !madeBy(At.Ctx, Dev, S))
        continue;
      if (isUnregistered(D))
        LeftAlone.insert({Dev, At.Func});
      if (D.At == Life::Freed && cameIn(Life::Freed, Dev, S) != At.Func)
        HelperFrees.insert({Dev, At.Func, At.Block});
      else if (T.site(At.Ctx).Parent
                   ? isUnregistered(D) &&
                         !reachable(nullptr, Dev, Ret, D, S, false)
                   : leftToCore(D))
        Lost.push_back(
            {unfreed(D).first, unfreed(D).second, At, Dev, {}, At.Func, S});
    }
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    if (En.Between || E.isNeither(En.Func, Ret, S))
      return; // the life goes on, or nothing says whether it does
    uint8_t Signs = E.range(S, Ret).Signs;
    for (const auto &[Dev, D] : S.Devs)
      check(En, At, Ret, Signs, Dev, D, S);
    if (En.Before && !E.failed(En.Func, Ret, S))
      collection(En, S);
  }

private:
  struct Candidate {
    std::string Rule, Message;
    Point At;
    ValId Dev;
    std::vector<FuncId> By; ///< made it, and for whom, or registered it
    FuncId EntryFunc;
    State S;
    bool MaybeGone = false;
  };
  struct Use {
    Point Where;
    State S;
    ValId Dev;
  };
  /// By entry: where it unregisters a device that has no name there.
  std::map<FuncId, Use> Unnamed;
  std::set<ValId> Memory; ///< results of kzalloc() and its kin
  std::vector<Candidate> Candidates, Lost;
  /// (device, function, block): a callee has freed it where that returns.
  std::set<std::tuple<ValId, FuncId, uint32_t>> HelperFrees;
  /// A device that the function which made it leaves when it fails.
  std::set<std::pair<ValId, FuncId>> LeftAlone;
  /// A device, a function that takes a step back, and whether it does so
  /// although code that is not at hand has had the device (MaybeGone).
  using Taken = std::tuple<ValId, FuncId, bool>;
  std::set<Taken> Released;
  /// Devices that the function that registered them unregisters elsewhere.
  std::set<Taken> Undone;

  /// priv_destructor frees the device itself: legal where it is set after
  /// registration (catalogue E.6).
  bool destructorFrees(const DevState &D) {
    if (!D.Destructor)
      return false;
    FuncId F = P.function(D.Destructor);
    return F == NoFunc || U.mayDo(F, Role::Free);
  }

  /// The function that brought \p Dev into the state \p At last.
  FuncId cameIn(Life At, ValId Dev, const State &S) const {
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Dev && N->State == toText(At))
        return N->Func;
    return NoFunc;
  }

  /// An entry, and a function from which it frees a device without a name.
  std::set<std::pair<FuncId, FuncId>> Unresolved;

  /// The module leaves it to the core to free its devices, and the core frees
  /// none that was not registered.
  bool leftToCore(const DevState &D) const {
    if (D.At != Life::RegFailed || D.NeedsFree != Tri::Yes || D.Opaque)
      return false;
    for (FuncId F = 0; F < P.functions().size(); ++F)
      if (U.does(F, Role::Free))
        return false;
    return true;
  }

  static bool isMaking(const TraceNode &N) {
    return N.State == toText(Life::Alloc) || N.State == toText(Life::Dummy);
  }

  /// It was never registered, or could not be: nobody but the driver frees it.
  static bool isUnregistered(const DevState &D) {
    return D.At == Life::Alloc || D.At == Life::RegFailed ||
           D.At == Life::Dummy;
  }

  FuncId madeIn(ValId Dev, const State &S) const {
    FuncId F = NoFunc;
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Dev && isMaking(*N))
        F = N->Func;
    return F;
  }

  CtxId makingOf(ValId Dev, const State &S) const {
    CtxId By = 0;
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Dev && isMaking(*N))
        By = N->Ctx;
    return By;
  }

  bool madeBy(CtxId Ctx, ValId Dev, const State &S) const {
    return makingOf(Dev, S) == Ctx;
  }

  /// Who made \p Dev, and for whom: the functions that run by then.
  std::vector<FuncId> makersOf(ValId Dev, const State &S) const {
    std::vector<FuncId> Out;
    for (CtxId X = makingOf(Dev, S); X; X = T.site(X).Parent)
      Out.push_back(T.site(X).Func);
    return Out;
  }

  /// The rule and its sentence for a device that an error path leaves.
  static std::pair<const char *, const char *> unfreed(const DevState &D) {
    if (D.At != Life::RegFailed)
      return {"ND-L07", "the device is not freed on this error path"};
    return {D.NeedsFree == Tri::Yes ? "ND-L09" : "ND-L07",
            "the device is not freed after its registration failed"};
  }

  bool isField(const Entry &En, llvm::StringRef Name) const {
    return En.Table && T.text(En.Table->Field) == Name;
  }

  /// \p Addr is in the bus's device that a probe was called with. When it fails
  /// no callback is called with that device any more (drivers/base/dd.c).
  bool inProbed(const Entry &En, ValId Addr) const {
    if (!isField(En, "probe") || !En.Table->Row)
      return false;
    for (uint32_t I = 0; I < P.func(En.Func).F->NumParams; ++I)
      if (T.root(Addr) == E.parameter(En.Func, I))
        return true;
    return false;
  }

  /// \p Addr is in memory that \p En, which fails, made for itself, or that the
  /// module has for as long as it is loaded; and no code that is not at hand
  /// may have emptied it.
  bool diesToo(const Entry &En, ValId Addr, const State &S) {
    ValId Root = T.root(Addr);
    return !S.Swept && C.begins(En) &&
           (Memory.count(Root) || (En.Func == P.moduleInit() &&
                                   T.get(Root).Kind == ValKind::Global)) &&
           llvm::none_of(U.closure(En.Func),
                         [&](FuncId F) { return releasesElsewhere(F); });
  }

  /// \p F calls the driver's own code in another unit to release something.
  bool releasesElsewhere(FuncId F) const {
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (llvm::StringRef Name = I.U->text(In.Callee);
            In.Kind == ir::InstKind::Call && P.isElsewhere(Name) &&
            soundsLikeRelease(Name))
          return true;
    return false;
  }

  /// Somebody outside this entry, or without one outside the function that has
  /// just returned, can still find the device.
  bool reachable(const Entry *En, ValId Dev, ValId Ret, const DevState &D,
                 const State &S, bool Failing) {
    if (D.Escaped && !(Failing && En && D.Kept && diesToo(*En, D.Kept, S)))
      return true;
    // Memory made on this path counts while it can be found itself.
    std::vector<ValId> Work{Dev};
    std::set<ValId> Seen{Dev};
    while (!Work.empty()) {
      ValId V = Work.back();
      Work.pop_back();
      if (T.root(Ret) == V)
        return true;
      for (const auto &KV : S.Store) {
        ValId Root = T.root(KV.first);
        if (T.root(KV.second) != V || Seen.count(Root) ||
            (En && T.get(Root).Kind == ValKind::Local) ||
            (En && Failing && forgotten(*En, KV.first, S)))
          continue;
        // Who walks a card's devices may have done so no times here.
        if (!Memory.count(Root) || D.At == Life::Reg)
          return true;
        if (!S.Gone.contains(Root)) {
          Seen.insert(Root);
          Work.push_back(Root);
        }
      }
    }
    return false;
  }

  /// Nobody looks at \p Addr once the entry failed: driver data is forgotten
  /// (drivers/base/dd.c), the bus's device is not given out again, the area of
  /// a net is freed, and a module whose init fails is not loaded.
  bool forgotten(const Entry &En, ValId Addr, const State &S) {
    const Val &A = T.get(Addr);
    return (A.Kind == ValKind::Field && T.text(A.Name) == "driver_data") ||
           inProbed(En, Addr) || C.inArea(En, Addr) ||
           (T.get(T.root(Addr)).Kind == ValKind::Global &&
            diesToo(En, Addr, S));
  }

  /// What began the life that \p En ends; NoFunc if it ends none.
  FuncId firstOf(const Entry &En) const {
    return En.Before                   ? En.Before->Func
           : En.Func == P.moduleExit() ? P.moduleInit()
                                       : NoFunc;
  }

  /// The beginning of the life that \p En ends frees devices, where it fails,
  /// and nothing else does.
  bool onlyFirstFrees(const Entry &En) {
    const std::vector<FuncId> &First = U.closure(firstOf(En));
    const std::vector<FuncId> &Last = U.closure(En.Func);
    bool Frees = false;
    for (FuncId F = 0; F < P.functions().size(); ++F) {
      if (!U.does(F, Role::Free))
        continue;
      if (!llvm::is_contained(First, F) || llvm::is_contained(Last, F))
        return false;
      Frees = true;
    }
    return Frees;
  }

  /// The end of a life unregisters devices that have no name here, those of an
  /// array or a list that its beginning filled, and only error paths of that
  /// beginning free any device.
  void collection(const Entry &En, const State &S) {
    auto Last = Unnamed.find(En.Func);
    bool Made = llvm::any_of(S.Devs, [](const auto &Other) {
      const DevState &D = Other.second;
      return D.From == Origin::Plain && D.NeedsFree == Tri::No &&
             !D.Destructor &&
             (D.At == Life::Reg || (D.At == Life::Alloc && D.Escaped));
    });
    if (Last == Unnamed.end() || !Made)
      return;
    for (FuncId F : U.closure(En.Func))
      if (U.leavesUnit(F))
        return;
    const Use &At = Last->second;
    if (onlyFirstFrees(En))
      C.report("ND-L08", At.Where, At.S, At.Dev,
               "the devices are unregistered but never freed", Precision::High);
  }

  void check(const Entry &En, const Point &At, ValId Ret, uint8_t Signs,
             ValId Dev, const DevState &D, const State &S) {
    bool Failing = E.failed(En.Func, Ret, S);
    if (D.From == Origin::LinkOps) {
      if (!isField(En, "newlink"))
        return;
      bool Last = D.At == Life::Reg && cameIn(Life::Reg, Dev, S) == En.Func &&
                  C.isOutcome(At, Ret, S);
      bool Error = (Signs & Range::Neg) && !(Signs & Range::Zero);
      if ((Error || Last) && (D.At == Life::Reg || D.At == Life::Queued))
        C.report("ND-O02", At, S, Dev,
                 "newlink returns an error while the device is " +
                     toText(D.At).str(),
                 Precision::High);
      else if (Signs == Range::Zero && D.At == Life::Alloc)
        C.report("ND-O03", At, S, Dev,
                 "newlink returns success without registering the device",
                 D.Opaque ? Precision::Low : Precision::Medium);
      return;
    }

    if (D.From == Origin::Param || D.From == Origin::Devm)
      return;
    bool Held = reachable(&En, Dev, Ret, D, S, Failing);
    // Nobody is told, and nobody can find it; unless code elsewhere, which the
    // beginning of the life gave it to, has hidden it from its end.
    const FuncInfo &I = P.func(En.Func);
    bool Last = firstOf(En) != NoFunc;
    if (I.U->text(I.F->ReturnType) == "void" && !Held && !D.MaybeGone &&
        D.From == Origin::Plain &&
        !(Last && (D.Opaque || D.At == Life::Dummy)) && isUnregistered(D))
      C.report(unfreed(D).first, At, S, Dev, unfreed(D).second,
               Precision::High);
    // Code behind a pointer got it: who made, or registered, it shows elsewhere
    // that it takes that back all the same.
    if (Failing && D.MaybeGone && S.Certain && !D.Many) {
      bool Stays = D.At == Life::Reg;
      FuncId By = Stays ? cameIn(Life::Reg, Dev, S) : madeIn(Dev, S);
      if (By != NoFunc && (Stays || isUnregistered(D) || D.At == Life::Unreg))
        Candidates.push_back({Stays ? "ND-L17" : unfreed(D).first,
                              Stays ? StaysRegistered.str() : unfreed(D).second,
                              At,
                              Dev,
                              {By},
                              En.Func,
                              S,
                              true});
    }
    if (Failing && !D.MaybeGone) {
      std::string Rule, Message;
      if (isUnregistered(D) || D.At == Life::Unreg)
        std::tie(Rule, Message) = unfreed(D);
      else if (D.At == Life::Reg &&
               (!Held ||
                (C.begins(En) && !U.mayDoInLoop(En.Func, Role::Unregister)))) {
        Rule = "ND-L17";
        Message = StaysRegistered.str();
      } else if (D.At == Life::Reg && !D.Many && !C.begins(En) &&
                 cameIn(Life::Reg, Dev, S) == En.Func) {
        Candidates.push_back(
            {"ND-L17", StaysRegistered.str(), At, Dev, {En.Func}, En.Func, S});
      }
      FuncId By = cameIn(Life::Reg, Dev, S);
      bool Stays = Rule == "ND-L17";
      if (!Rule.empty() && (!Held || Stays))
        C.report(Rule, At, S, Dev, Message,
                 Stays && !C.begins(En) && By != En.Func ? Precision::Medium
                                                         : Precision::High);
      if (!Rule.empty() && (Stays || (Held && T.root(Ret) != Dev)))
        Candidates.push_back(
            {Rule, Message, At, Dev,
             // Whom it was made for frees it where nothing comes after.
             Stays          ? std::vector<FuncId>{By}
             : C.begins(En) ? makersOf(Dev, S)
                            : std::vector<FuncId>{madeIn(Dev, S)},
             En.Func, S});
    }
    // The other end of a life: nothing comes after.
    bool Dummy = D.At == Life::Dummy;
    if (Last && !D.MaybeGone && !destructorFrees(D) &&
        (Dummy || (D.At == Life::Unreg && D.WasRegistered))) {
      llvm::StringRef Unfreed =
          Dummy ? "the dummy device is never freed"
                : "the device is unregistered but never freed";
      C.report("ND-L08", At, S, Dev, Unfreed.str(),
               D.Escaped ? Precision::Medium : Precision::High);
      // Code that is not at hand has seen it; who made it is the one to free
      // it all the same where it does so itself on an error path.
      if (D.Escaped && onlyFirstFrees(En))
        Candidates.push_back(
            {"ND-L08", Unfreed.str(), At, Dev, {madeIn(Dev, S)}, En.Func, S});
    }
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeLeakRule(RuleContext &C) {
  return std::make_unique<LeakRule>(C);
}
