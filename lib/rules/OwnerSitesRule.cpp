//===- OwnerSitesRule.cpp - What all sites of a reference tell ------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R01, R06, R10 without a path: the sites of the module that take and drop
/// what one member keeps, compared with each other.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"
#include <optional>

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

namespace {
class OwnerSitesRule : public Rule {
public:
  explicit OwnerSitesRule(RuleContext &C) : Rule(C), O(C.owners()) {}

  void finish() override {
    for (const RefSite &Site : O.sites())
      if (!Site.Takes && Site.Counts && Site.Tracker) {
        if (Site.Owner)
          wrongTracker(Site);
        neverTaken(Site);
      }
    for (FuncId F = 0; F < P.functions().size(); ++F)
      reused(F);
    setters();
  }

private:
  const Ownership &O;

  std::string text(FieldKey K) const {
    return K.Rec ? C.text(K) : T.text(K.Field).str();
  }

  static std::vector<ExtraStep> step(const RefSite &S, std::string Message) {
    return {{S.F, S.Block, S.Inst, std::move(Message)}};
  }

  //===--- ND-R06: dropped with another member's tracker
  //--------------------===//

  void wrongTracker(const RefSite &Put) {
    const RefSite *Hold = nullptr, *Sibling = nullptr;
    for (const RefSite &X : O.sites()) {
      // Some function notes a reference in that tracker.
      if (X.Takes && X.Tracker == Put.Tracker)
        return;
      if (!(X.Owner == Put.Owner) || !X.Tracker || X.Tracker == Put.Tracker)
        continue;
      if (X.Takes)
        Hold = &X;
      else if (X.Counts)
        Sibling = &X;
    }
    if (!Hold || !Sibling)
      return;
    C.report("ND-R06", Point{0, Put.F, Put.Block, Put.Inst}, State(), 0,
             "the reference to '" + text(Put.Owner) + "' is dropped with '" +
                 text(Put.Tracker) + "' and was taken with '" +
                 text(Hold->Tracker) + "'",
             Precision::High,
             step(*Hold, "'" + C.name(Hold->F) + "' takes it here"));
  }

  //===--- ND-R02: dropped, and taken nowhere
  //--------------------===//

  /// The module that fills the record never notes a reference in its tracker.
  void neverTaken(const RefSite &Put) {
    // What a header has, other modules use as well.
    const FuncInfo &I = P.func(Put.F);
    if (I.U->text(I.F->Where.File) != I.U->File || Put.Swaps ||
        O.find([&](const RefSite &X) {
          return (X.Takes || X.Swaps) && (X.Tracker == Put.Tracker ||
                                          (Put.Owner && X.Owner == Put.Owner));
        }))
      return;
    std::optional<ExtraStep> Filled = filled(Put.Tracker.Rec);
    if (!Filled)
      return;
    C.report("ND-R02", Point{0, Put.F, Put.Block, Put.Inst}, State(), 0,
             "a reference noted in '" + text(Put.Tracker) +
                 "' is dropped that nothing in this module takes",
             Precision::High, {*Filled});
  }

  /// Where a device pointer is stored in a record of type \p Rec.
  std::optional<ExtraStep> filled(NameId Rec) const {
    for (FuncId F = 0; F < P.functions().size(); ++F) {
      const FuncInfo &I = P.func(F);
      const ir::Unit &Unit = *I.U;
      for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
        for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
          const ir::Inst &In = I.F->Blocks[B].Insts[N];
          const ir::Expr &Dst = Unit.get(In.Dst);
          if (In.Kind == InstKind::Assign && In.Temp < 0 &&
              Dst.Kind == ExprKind::Field &&
              Unit.text(Dst.Type) == DevicePointer &&
              Unit.get(In.Value).Kind != ExprKind::Int &&
              P.keyOf(F, In.Dst).Rec == Rec)
            return ExtraStep{F, B, uint32_t(N),
                             "'" + text(P.keyOf(F, In.Dst)) + "' is set here"};
        }
    }
    return std::nullopt;
  }

  //===--- ND-R01: a used entry is set again
  //--------------------------------===//

  /// `p` is found on a list or made, and then `p->dev = dev`: what the found
  /// one held is lost unless it is dropped before.
  void reused(FuncId F) {
    const FuncInfo &I = P.func(F);
    const ir::Unit &Unit = *I.U;
    for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
      for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
        const ir::Inst &In = I.F->Blocks[B].Insts[N];
        const ir::Expr &Dst = Unit.get(In.Dst);
        if (In.Kind != InstKind::Assign || In.Temp >= 0 ||
            Dst.Kind != ExprKind::Field ||
            Unit.text(Dst.Type) != DevicePointer ||
            Unit.get(In.Value).Kind == ExprKind::Int)
          continue;
        FieldKey K = P.keyOf(F, In.Dst);
        const ir::Expr &Base = Unit.get(Dst.A);
        if (!O.isOwner(K) || Base.Kind != ExprKind::Load ||
            Unit.get(Base.A).Kind != ExprKind::Local ||
            Unit.get(Base.A).Int < int64_t(I.F->NumParams))
          continue;
        // Looks at what is there, or drops it.
        if (U.findIn(F, K, [&](const Use &X) {
              return X.In == F && X.Kind != UseKind::Write;
            }))
          continue;
        if (!O.find([&](const RefSite &X) { return X.F == F && X.Takes; }))
          continue;
        bool Made = false;
        uint32_t Found = ~0u;
        for (uint32_t D = 0; D < I.F->Blocks.size(); ++D)
          for (const ir::Inst &Def : I.F->Blocks[D].Insts)
            if (Def.Kind == InstKind::Assign && Def.Temp < 0 &&
                Def.Dst == Base.A) {
              if (U.isMade(F, Def.Value))
                Made = true;
              else if (walks(Unit, Def.Value) && reaches(F, Base.A, D, B))
                Found = D;
            }
        if (!Made || Found == ~0u)
          continue;
        C.report("ND-R01", Point{0, F, B, N}, State(), 0,
                 "the reference kept in '" + text(K) +
                     "' of an entry that is used again is lost when the "
                     "member is set",
                 Precision::High,
                 {{F, Found, 0, "the entry may be one that was found here"}});
      }
  }

  /// \p Value is an entry of a list: a member or a global leads to it.
  static bool walks(const ir::Unit &Unit, ir::ExprId Value) {
    const ir::Expr &X = Unit.get(Value);
    if (X.Kind == ExprKind::ContainerOf)
      return true;
    return X.Kind == ExprKind::Load &&
           (Unit.get(X.A).Kind == ExprKind::Global ||
            Unit.get(X.A).Kind == ExprKind::Field);
  }

  /// With the variable \p Var set in \p From and not NULL, \p To is reached
  /// before it is set again.
  bool reaches(FuncId F, ir::ExprId Var, uint32_t From, uint32_t To) {
    const FuncInfo &I = P.func(F);
    const ir::Unit &Unit = *I.U;
    std::set<uint32_t> Seen;
    std::vector<uint32_t> Work;
    auto Leave = [&](uint32_t B) {
      const ir::Terminator &Term = I.F->Blocks[B].Term;
      auto Go = [&](uint32_t S) {
        if (Seen.insert(S).second)
          Work.push_back(S);
      };
      if (Term.Kind == ir::TermKind::Branch) {
        const ir::Expr *Cond = &Unit.get(Term.Cond);
        bool Not = Cond->Kind == ExprKind::Unary && Unit.text(Cond->Op) == "!";
        if (Not)
          Cond = &Unit.get(Cond->A);
        bool OfVar = Cond->Kind == ExprKind::Load && Cond->A == Var;
        if (!OfVar || !Not)
          Go(Term.Succ);
        if (!OfVar || Not)
          Go(Term.Else);
      } else if (Term.Kind == ir::TermKind::Jump) {
        Go(Term.Succ);
      } else if (Term.Kind == ir::TermKind::Switch) {
        Go(Term.Succ);
        for (const ir::SwitchCase &Case : Term.Cases)
          Go(Case.Succ);
      }
    };
    Leave(From);
    while (!Work.empty()) {
      uint32_t B = Work.back();
      Work.pop_back();
      bool Reset = false;
      for (const ir::Inst &In : I.F->Blocks[B].Insts)
        Reset |= In.Kind == InstKind::Assign && In.Temp < 0 && In.Dst == Var;
      if (B == To)
        return true;
      if (!Reset)
        Leave(B);
    }
    return false;
  }

  //===--- ND-R10: set without a hold, as its other setters do
  //--------------===//

  struct Setter {
    FuncId F = NoFunc;
    uint32_t Block = 0, Inst = 0;
    bool Hands = false; ///< the value is F's parameter: its callers set it
    int64_t Param = -1; ///< that parameter
  };

  /// Where the member \p K gets a value.
  std::vector<Setter> settersOf(FieldKey K) {
    std::vector<Setter> Out;
    for (FuncId F = 0; F < P.functions().size(); ++F) {
      const FuncInfo &I = P.func(F);
      for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
        for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
          const ir::Inst &In = I.F->Blocks[B].Insts[N];
          if (In.Kind != InstKind::Assign || In.Temp >= 0 ||
              I.U->get(In.Value).Kind == ExprKind::Int ||
              !(P.keyOf(F, In.Dst) == K))
            continue;
          const ir::Expr &V = I.U->get(In.Value);
          Setter X{F, B, N};
          if (V.Kind == ExprKind::Load &&
              I.U->get(V.A).Kind == ExprKind::Local &&
              I.U->get(V.A).Int < int64_t(I.F->NumParams)) {
            X.Hands = true;
            X.Param = I.U->get(V.A).Int;
          }
          Out.push_back(X);
        }
    }
    // Who calls a function that sets what it is given, sets it.
    for (size_t At = 0; At < Out.size(); ++At) {
      if (!Out[At].Hands)
        continue;
      for (FuncId F : P.func(Out[At].F).Callers)
        if (std::optional<Setter> Call = callOf(F, Out[At]))
          if (llvm::none_of(Out, [&](const Setter &X) { return X.F == F; }))
            Out.push_back(*Call);
    }
    return Out;
  }

  std::optional<Setter> callOf(FuncId F, const Setter &Callee) const {
    const FuncInfo &I = P.func(F);
    for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
      for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
        const ir::Inst &In = I.F->Blocks[B].Insts[N];
        if (In.Kind == InstKind::Call && P.callee(I, In).Body == Callee.F &&
            size_t(Callee.Param) < In.Args.size() &&
            I.U->get(In.Args[Callee.Param]).Kind != ExprKind::Int)
          return Setter{F, B, N};
      }
    return std::nullopt;
  }

  /// `p->port` is dropped with netdev_put(p->port->dev, &p->tracker): whoever
  /// sets p->port takes with that tracker.
  void setters() {
    std::set<std::pair<FieldKey, FieldKey>> Seen;
    for (const RefSite &Put : O.sites()) {
      if (Put.Takes || !Put.Counts || !Put.Tracker || !Put.Via ||
          Put.Via.Rec != Put.Tracker.Rec ||
          !Seen.insert({Put.Via, Put.Tracker}).second)
        continue;
      auto Takes = [&](const RefSite &X) {
        return X.Takes && X.Tracker == Put.Tracker;
      };
      std::vector<Setter> Bad, All = settersOf(Put.Via);
      bool Good = false;
      for (const Setter &X : All) {
        if (X.Hands)
          continue;
        if (O.findIn(X.F, Takes))
          Good = true;
        else
          Bad.push_back(X);
      }
      if (!Good)
        continue;
      for (const Setter &X : Bad)
        setWithout(X, Put, {});
      // Set in what is made for others: whoever hands that out takes.
      bool Adopted = O.find([&](const RefSite &X) {
        return Takes(X) &&
               llvm::none_of(All, [&](const Setter &S) { return S.F == X.F; });
      });
      for (const Setter &X : All)
        if (X.Hands && P.func(X.F).Callers.empty() && !Adopted)
          if (const Slot *Out = accepts(Put))
            setWithout(X, Put,
                       {{Out->Func, ~0u, 0,
                         "'accept' ('" + C.name(Out->Func) +
                             "') hands it out and does not take it either"}});
    }
  }

  /// The callback that gives an object to the one whose release does \p Put.
  const Slot *accepts(const RefSite &Put) {
    for (const Slot *Out : U.slots("proto_ops", "accept")) {
      FuncId Release = P.inTable(Out->Table, "release");
      if (Release != NoFunc && O.findIn(Release, [&](const RefSite &X) {
            return !X.Takes && X.Tracker == Put.Tracker;
          }))
        return Out;
    }
    return nullptr;
  }

  void setWithout(const Setter &X, const RefSite &Put,
                  std::vector<ExtraStep> Steps) {
    Steps.push_back(
        {Put.F, Put.Block, Put.Inst, "'" + C.name(Put.F) + "' drops it here"});
    C.report("ND-R10", Point{0, X.F, X.Block, X.Inst}, State(), 0,
             "'" + text(Put.Via) +
                 "' is set without taking the reference that is dropped "
                 "through it, as its other setters do",
             Precision::High, std::move(Steps));
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeOwnerSitesRule(RuleContext &C) {
  return std::make_unique<OwnerSitesRule>(C);
}
