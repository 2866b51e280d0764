//===- KeptRule.cpp - References kept that nothing drops ------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R01 without a path that leaks: a reference that a member keeps, or that
/// its tracker notes, and that nothing in the module drops, although what keeps
/// it ends here (net/core/dev.c netdev_wait_allrefs_any waits for ever).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/Ownership.h"
#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

namespace {
class KeptRule : public Rule {
public:
  explicit KeptRule(RuleContext &C) : Rule(C), O(C.owners()) {}

  void leftFrame(const Point &At, ValId Ret, const State &S) override {
    auto &Into = E.failed(At.Func, Ret, S) ? Undoing : Dropping;
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Ctx == At.Ctx && N->State == ReferenceDropped)
        Into.insert(At.Func);
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    if (E.failed(En.Func, Ret, S))
      return;
    for (const auto &Ref : S.Refs)
      if (Ref.second > 0)
        for (const auto &KV : S.Store)
          if (KV.second == Ref.first && !T.isLocalMemory(KV.first))
            if (FieldKey K = P.keyOf(KV.first))
              Kept.emplace(K, Held{Ref.first, S});
  }

  void keptElsewhere(const Point &At, ValId Ret, ValId Addr, ValId Dev,
                     const State &S) override {
    if (FieldKey K = P.keyOf(Addr); K && !E.failed(At.Func, Ret, S))
      Kept.emplace(K, Held{Dev, S});
  }

  void finish() override {
    std::set<FieldKey> Seen;
    for (const RefSite &S : O.sites())
      if (S.Takes && S.Tracker.Rec && Seen.insert(S.Tracker).second)
        noted(S);
    for (const auto &[K, H] : Kept)
      kept(K, H);
    for (const RefSite &S : O.sites())
      if (!Told.count({S.F, S.Block, S.Inst}))
        carried(S);
  }

private:
  struct Held {
    ValId Dev;
    State S;
  };

  const Ownership &O;
  std::map<FieldKey, Held> Kept; ///< by a path that succeeds
  std::set<std::tuple<FuncId, uint32_t, uint32_t>> Told; ///< where one is taken
  /// Functions that drop on a path that succeeds, that fails.
  std::set<FuncId> Dropping, Undoing;

  /// \p X drops only where its function fails, which has taken the reference
  /// in \p Taker.
  bool undoes(const RefSite &X, FuncId Taker) const {
    return Undoing.count(X.F) && !Dropping.count(X.F) && P.runs(X.F, Taker);
  }

  /// The tracker of \p Hold is in no call that drops.
  void noted(const RefSite &Hold) {
    if (O.find([&](const RefSite &X) {
          return (!X.Takes || X.Swaps) &&
                 (X.Tracker == Hold.Tracker ? !undoes(X, Hold.F)
                                            : isUnnamed(X));
        }))
      return;
    FuncId End = endOf(Hold.Tracker.Rec);
    if (End == NoFunc || isGivenAway(Hold.Tracker) ||
        leaves(End, Hold.Tracker.Rec))
      return;
    C.report("ND-R01", Point{0, Hold.F, Hold.Block, Hold.Inst}, State(), 0,
             "the reference noted in '" + C.text(Hold.Tracker) +
                 "' is dropped nowhere in this module",
             Precision::High, ends(End));
  }

  /// \p K keeps what a successful path took, and no call may drop it.
  void kept(FieldKey K, const Held &H) {
    const TraceNode *Took = nullptr;
    for (const TraceNode *N = H.S.Steps.get(); N && !Took; N = N->Prev.get())
      if (N->Object == H.Dev && N->State == ReferenceHeld)
        Took = N;
    if (!Took || isNoted(H) || O.find([&](const RefSite &X) {
          return X.F != Took->Func && (!X.Takes || X.Swaps) &&
                 !undoes(X, Took->Func) && O.mayDrop(X, K);
        }))
      return;
    FuncId End = endOf(K.Rec);
    if (End == NoFunc)
      return;
    Told.insert({Took->Func, Took->Block, Took->Inst});
    C.report("ND-R01", Point{Took->Ctx, Took->Func, Took->Block, Took->Inst},
             H.S, H.Dev,
             "the reference kept in '" + C.text(K) +
                 "' is dropped nowhere in this module",
             Precision::High, ends(End));
  }

  /// \p Hold is for a work that its function sets going: what carries it there
  /// ends in the handler, and no call may drop it.
  void carried(const RefSite &Hold) {
    const FuncInfo &I = P.func(Hold.F);
    const ir::Inst &In = I.F->Blocks[Hold.Block].Insts[Hold.Inst];
    const ApiFunction *A = P.callee(I, In).Api;
    if (!A || A->Does != Role::Hold || Hold.Tracker)
      return;
    auto Drops = [](const RefSite &X) { return !X.Takes || X.Swaps; };
    for (const Use &Armed : U.usesIn(Hold.F)) {
      if (Armed.Kind != UseKind::Object || Armed.Row->Does != Act::Arm)
        continue;
      for (const Binding &B : P.bindings())
        if (B.Object == Armed.Key && B.In == Hold.F && B.Handler != NoFunc &&
            U.releases(B.Handler, Armed.Key.Rec) &&
            !leaves(B.Handler, Armed.Key.Rec) && !O.findIn(B.Handler, Drops) &&
            !O.find([&](const RefSite &X) {
              return Drops(X) &&
                     (X.F == Hold.F || (X.Owner && X.Owner == Hold.Owner) ||
                      O.mayDrop(X, FieldKey{Armed.Key.Rec, 0}));
            })) {
          C.report("ND-R01", Point{0, Hold.F, Hold.Block, Hold.Inst}, State(),
                   0,
                   "the reference that is taken for '" + C.name(B.Handler) +
                       "' is dropped nowhere in this module",
                   Precision::High, ends(B.Handler));
          return;
        }
    }
  }

  /// A tracker notes what \p H holds: a matter of noted().
  bool isNoted(const Held &H) const {
    return llvm::any_of(H.S.Trackers,
                        [&](const auto &N) { return N.second == H.Dev; });
  }

  /// \p X drops with a tracker that has no name here.
  bool isUnnamed(const RefSite &X) const {
    const FuncInfo &I = P.func(X.F);
    const ir::Inst &In = I.F->Blocks[X.Block].Insts[X.Inst];
    const ApiFunction *A = P.callee(I, In).Api;
    return A && A->TrackerArg >= 0 && size_t(A->TrackerArg) < In.Args.size() &&
           !X.Tracker && I.U->get(In.Args[A->TrackerArg]).Kind != ExprKind::Int;
  }

  /// The address of \p Tracker goes to a function that may drop with it.
  bool isGivenAway(FieldKey Tracker) {
    for (FuncId F = 0; F < P.functions().size(); ++F)
      for (const ir::Block &B : P.func(F).F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Kind == InstKind::Call &&
              !P.model().function(P.func(F).U->text(In.Callee)))
            for (ir::ExprId Arg : In.Args)
              if (P.keyOf(F, P.throughLocal(F, Arg)) == Tracker)
                return true;
    return false;
  }

  /// What \p F runs gives a \p Rec to code that is not at hand.
  bool leaves(FuncId F, NameId Rec) {
    for (FuncId G : U.closure(F)) {
      const FuncInfo &I = P.func(G);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts) {
          llvm::StringRef Name = I.U->text(In.Callee);
          if (In.Kind == InstKind::Call && P.model().objects(Name).empty() &&
              P.find(I.UnitIndex, Name) == NoFunc &&
              llvm::any_of(In.Args, [&](ir::ExprId A) {
                return I.pointee(A) == T.text(Rec);
              }))
            return true;
        }
    }
    return false;
  }

  /// A function that takes no reference, in which a \p Rec ends, or keeps no
  /// device any more: it releases one, or clears what leads to it or from it to
  /// a device. NoFunc if there is none.
  FuncId endOf(NameId Rec) {
    if (FuncId F = U.isPrivate(Rec) ? deviceEnds() : NoFunc; F != NoFunc)
      return F;
    std::string Pointer = "struct " + T.text(Rec).str() + " *";
    for (FuncId F = 0; F < P.functions().size(); ++F) {
      // Where one is taken, what was made is released on error.
      if (O.findIn(F, [](const RefSite &X) { return X.Takes; }))
        continue;
      if (U.releases(F, Rec))
        return F;
      const FuncInfo &I = P.func(F);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts) {
          const ir::Expr &D = I.U->get(In.Dst);
          if (In.Kind != InstKind::Assign || D.Kind != ExprKind::Field ||
              I.U->get(In.Value).Kind != ExprKind::Int ||
              I.U->get(In.Value).Int != 0)
            continue;
          llvm::StringRef Type = I.U->text(D.Type);
          if (Type == Pointer ||
              (Type == DevicePointer && P.keyOf(F, In.Dst).Rec == Rec))
            return F;
        }
    }
    return NoFunc;
  }

  /// A function in which devices of this module end, all of whose code is at
  /// hand.
  FuncId deviceEnds() {
    for (FuncId F = 0; F < P.functions().size(); ++F)
      if ((U.does(F, Role::Unregister) || U.does(F, Role::UnregisterFlush)) &&
          !O.findIn(F, [](const RefSite &X) { return X.Takes; }) &&
          llvm::none_of(U.closure(F),
                        [&](FuncId G) { return U.leavesUnit(G); }))
        return F;
    for (const Slot *S : U.slots("rtnl_link_ops", "dellink"))
      if (llvm::none_of(U.closure(S->Func),
                        [&](FuncId G) { return U.leavesUnit(G); }))
        return S->Func;
    return NoFunc;
  }

  std::vector<ExtraStep> ends(FuncId F) const {
    return {{F, ~0u, 0, "'" + C.name(F) + "' ends what keeps it"}};
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeKeptRule(RuleContext &C) {
  return std::make_unique<KeptRule>(C);
}
