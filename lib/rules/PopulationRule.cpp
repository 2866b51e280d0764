//===- PopulationRule.cpp - What is true of all devices of a unit -*- C++ -*-=//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L01, L02, L08 of a device that has no name where it ends: an element of
/// an array, what a list or a global leads to. What its makers do to every
/// device, and what nothing but they do to any, is true of this one as well.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

namespace {
class PopulationRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Before && Ev.Before->From != Origin::Param)
      Named.insert({At.Func, At.Block, At.Inst});
  }

  void finish() override {
    if (!survey())
      return;
    for (const Site &S : Sites)
      if (!Named.count({S.F, S.B, S.Inst}) && !Makers.count(S.F))
        check(S);
  }

private:
  /// A call that begins or ends something of a device.
  struct Site {
    Role Does = Role::None;
    RtnlNeed Rtnl = RtnlNeed::Either;
    ir::ExprId Dev = 0;
    FuncId F = NoFunc;
    uint32_t B = 0, Inst = 0;
  };
  std::vector<Site> Sites;
  std::set<FuncId> Makers;
  std::set<FuncId> SetsNeedsFree;
  std::map<FuncId, std::vector<FuncId>> Setups; ///< what makers allocate with
  /// Calls about a device that the engine follows: judged by its state.
  std::set<std::tuple<FuncId, uint32_t, uint32_t>> Named;

  template <typename Fn> void forEachInst(FuncId F, Fn Do) const {
    const ir::Function &Body = *P.func(F).F;
    for (uint32_t B = 0; B < Body.Blocks.size(); ++B)
      for (uint32_t N = 0; N < Body.Blocks[B].Insts.size(); ++N)
        Do(Body.Blocks[B].Insts[N], B, N);
  }

  template <typename Pred> bool any(Role Does, Pred Holds) const {
    return llvm::any_of(
        Sites, [&](const Site &S) { return S.Does == Does && Holds(S); });
  }

  /// All devices of the unit are made, and owned, in one way.
  bool survey() {
    bool Plain = true;
    for (const auto &[K, Uses] : U.all())
      if (T.text(K.Rec) == DeviceRecord &&
          deviceField(T.text(K.Field)) == DevField::NeedsFree)
        for (const Use &Each : Uses)
          if (Each.Kind == UseKind::Write)
            Plain &= noteStore(Each);
    for (FuncId F = 0; F < P.functions().size(); ++F)
      for (const ApiCall &Call : P.func(F).Apis) {
        const FuncInfo &I = P.func(F);
        const ApiFunction *A = Call.Api;
        const ir::Inst &In = I.F->Blocks[Call.Block].Insts[Call.Inst];
        Plain &= A->Does != Role::AllocDevm && A->Does != Role::AllocRegister &&
                 A->Does != Role::RegisterDevm &&
                 A->Does != Role::UnregisterFree;
        if (A->Does == Role::Alloc) {
          Makers.insert(F);
          // A setup function in another unit may decide who frees it.
          for (ir::ExprId Arg : In.Args) {
            if (I.U->get(Arg).Kind != ExprKind::Func)
              continue;
            llvm::StringRef Setup = I.U->text(I.U->get(Arg).Name);
            Plain &= !P.isElsewhere(Setup);
            if (FuncId S = P.find(I.UnitIndex, Setup); S != NoFunc)
              Setups[F].push_back(S);
          }
        }
        ir::ExprId Dev =
            A->Dev.In == Where::Arg && A->Dev.Index < In.Args.size()
                ? In.Args[A->Dev.Index]
                : 0;
        Sites.push_back({A->Does, A->Rtnl, Dev, F, Call.Block, Call.Inst});
      }
    return Plain && !Makers.empty() &&
           any(Role::Register, [](const Site &) { return true; }) &&
           !P.isWritten(T.name("priv_destructor"));
  }

  /// \p Store sets whether the core frees the device. False if it is not known
  /// who does from now on.
  bool noteStore(const Use &Store) {
    const FuncInfo &I = P.func(Store.In);
    SetsNeedsFree.insert(Store.In);
    const ir::Expr &V =
        I.U->get(I.F->Blocks[Store.Block].Insts[Store.Inst].Value);
    return V.Kind == ExprKind::Int && V.Int;
  }

  bool makes(FuncId F) {
    return llvm::any_of(Makers, [&](FuncId M) { return P.runs(F, M); });
  }

  /// \p F runs when devices go, not only where making one failed: it is, or is
  /// called by, module exit, the end of a life, or what others may call.
  bool isLast(FuncId F) {
    for (FuncId G = 0; G < P.functions().size(); ++G) {
      if (!P.runs(G, F) || makes(G))
        continue;
      bool Other = !P.func(G).Callers.empty(), Ends = false;
      for (const Slot &S : P.slots())
        if (S.Func == G)
          (endsLife(T.text(S.Field)) || isExported(S) ? Ends : Other) = true;
      if (Ends || G == P.moduleExit() || (!Other && !P.func(G).F->Static))
        return true;
    }
    return false;
  }

  bool isExported(const Slot &S) const { return T.text(S.Struct).empty(); }

  /// \p F runs where nothing is made: on its own, or from such a callback.
  bool runsAlone(FuncId F) {
    return llvm::any_of(P.roots(),
                        [&](FuncId G) { return P.runs(G, F) && !makes(G); });
  }

  /// What \p F runs gives a device to a call that \p Fn holds for the callee
  /// of: code that is not at hand.
  template <typename Pred> bool gives(FuncId F, Pred Fn) {
    bool Found = false;
    for (FuncId G : U.closure(F))
      forEachInst(G, [&](const ir::Inst &In, uint32_t, uint32_t) {
        const FuncInfo &I = P.func(G);
        llvm::StringRef Name = I.U->text(In.Callee);
        if (In.Kind == InstKind::Call && !P.model().function(Name) && Fn(Name))
          Found |= llvm::any_of(In.Args, [&](ir::ExprId A) {
            return I.pointee(A) == DeviceRecord;
          });
      });
    return Found;
  }

  /// The device goes to code that is not at hand and that may end it: by its
  /// name, or (\p Pointers) behind a pointer.
  bool handsOver(FuncId F, bool Pointers) {
    return gives(F, [&](llvm::StringRef Name) {
      return Name.empty() ? Pointers
                          : P.isElsewhere(Name) && soundsLikeRelease(Name);
    });
  }

  /// Another unit gets to see new devices, and may leave them to the core.
  bool showsNew() {
    return llvm::any_of(Makers, [&](FuncId M) {
      return gives(M, [&](llvm::StringRef N) { return P.isElsewhere(N); });
    });
  }

  /// Nobody else can free a device: the module begins and ends here, and calls
  /// nothing of its own elsewhere.
  bool isWholeModule() {
    if (P.moduleInit() == NoFunc || P.moduleExit() == NoFunc)
      return false;
    for (FuncId F = 0; F < P.functions().size(); ++F)
      if (U.leavesUnit(F))
        return false;
    return true;
  }

  void check(const Site &S) {
    const FuncInfo &I = P.func(S.F);
    auto ByMaker = [&](const Site &X) { return makes(X.F); };
    auto NotByMaker = [&](const Site &X) { return !ByMaker(X); };
    std::string Dev = ir::toC(*I.U, I.F, S.Dev);
    Dev = Dev.empty() || Dev[0] == '%' ? "the device" : "'" + Dev + "'";
    std::string By =
        "'" + I.U->text(I.F->Blocks[S.B].Insts[S.Inst].Callee).str() + "'";
    if (!SetsNeedsFree.empty()) {
      if (S.Does == Role::Free && coreFrees() && isUnregisteredBefore(S))
        tell("ND-L01", S,
             By + " frees " + Dev +
                 " although 'needs_free_netdev' made the core free it");
      return;
    }
    if (!isLast(S.F) && !(S.Does == Role::Unregister && runsAlone(S.F)))
      return;
    if (S.Does == Role::Unregister && !any(Role::Free, NotByMaker) &&
        (any(Role::Free, ByMaker) || isWholeModule()) &&
        isRegisteredByMakers() && !showsNew() && !handsOver(S.F, true))
      tell("ND-L08", S, "the devices are unregistered but never freed",
           makings());
    if (S.Does == Role::Free && !any(Role::Unregister, NotByMaker) &&
        !any(Role::UnregisterFlush, [](const Site &) { return true; }) &&
        isRegisteredByMakers() && !handsOver(S.F, false))
      tell("ND-L02", S,
           Dev + " is freed by " + By +
               " while it is registered: nothing unregisters it");
  }

  /// Every device that is made is left to the core.
  bool coreFrees() {
    return llvm::all_of(Makers, [&](FuncId M) {
      return llvm::any_of(SetsNeedsFree, [&](FuncId F) {
        return P.runs(M, F) || llvm::is_contained(Setups[M], F);
      });
    });
  }

  /// unregister_netdev(), which drops the RTNL, comes before with the same
  /// device.
  bool isUnregisteredBefore(const Site &S) const {
    return any(Role::Unregister, [&](const Site &X) {
      return X.F == S.F && X.Dev == S.Dev && X.Rtnl == RtnlNeed::MustNot &&
             (X.B == S.B ? X.Inst < S.Inst
                         : ir::mayReach(*P.func(S.F).F, X.B, S.B));
    });
  }

  /// Who makes a device registers it: nothing that was unregistered comes back.
  bool isRegisteredByMakers() {
    return !any(Role::Register, [&](const Site &X) {
      return !makes(X.F) && llvm::none_of(Makers, [&](FuncId M) {
        return P.runs(M, X.F) || llvm::any_of(P.func(M).Callers, [&](FuncId C) {
                 return P.runs(C, X.F);
               });
      });
    });
  }

  /// Steps: where devices are made, none of which is left to the core.
  std::vector<ExtraStep> makings() {
    std::vector<ExtraStep> Out;
    for (const Site &S : Sites) {
      if (S.Does != Role::Alloc)
        continue;
      Out.push_back({S.F, S.B, S.Inst, "the device is made here"});
      const FuncInfo &I = P.func(S.F);
      for (ir::ExprId Arg : I.F->Blocks[S.B].Insts[S.Inst].Args) {
        const ir::Expr &X = I.U->get(Arg);
        FuncId Setup = X.Kind == ExprKind::Func
                           ? P.find(I.UnitIndex, I.U->text(X.Name))
                           : NoFunc;
        if (Setup != NoFunc)
          Out.push_back(
              {Setup, ~0u, 0, "its setup leaves 'needs_free_netdev' unset"});
      }
    }
    return Out;
  }

  void tell(llvm::StringRef Rule, const Site &S, std::string Message,
            std::vector<ExtraStep> Steps = {}) {
    C.report(Rule, Point{0, S.F, S.B, S.Inst}, State(), 0, std::move(Message),
             Precision::High, std::move(Steps));
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makePopulationRule(RuleContext &C) {
  return std::make_unique<PopulationRule>(C);
}
