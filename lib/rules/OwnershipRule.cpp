//===- OwnershipRule.cpp - References that members keep -------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R01, R03, R06, R10, R11 where a reference outlives the function: what a
/// member's owner drops is taken where the member is set, before the device can
/// be torn down, and not lost when the member is set again.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/Ownership.h"
#include "rules/RuleContext.h"
#include <functional>
#include <optional>

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

namespace {
class OwnershipRule : public Rule {
public:
  explicit OwnershipRule(RuleContext &C) : Rule(C), O(C.owners()) {}

  void store(const Point &At, ValId Addr, ValId Value,
             const State &S) override {
    FieldKey K = T.isLocalMemory(Addr) ? FieldKey() : O.owner(Addr);
    if (!K || E.range(S, Value).Signs == Range::Zero)
      return;
    StoredAt[{Addr, Value}] = At;
    if (borrowed(Value, S) && U.isPrivate(K.Rec))
      Borrowed.push_back({At, K, Value, S});
  }

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Api && Ev.Api->Does == Role::Hold && Ev.Before &&
        Ev.Before->At == Life::Reg)
      heldTooLate(At, Ev, S);
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    for (const auto &KV : S.Store)
      if (const int *N = S.Refs.lookup(KV.second))
        if (*N > 0 && !T.isLocalMemory(KV.first))
          Held.insert(O.owner(KV.first));
    bool Fails = E.failed(En.Func, Ret, S);
    if (Fails && En.Table && T.text(En.Table->Field) == InitCallback)
      initFails(En, At, S);
    if (!Fails)
      for (const auto &KV : S.Store)
        if (!T.isLocalMemory(KV.first))
          storedAtEnd(En, KV.first, KV.second, S);
  }

  void finish() override {
    for (const Kept &X : Borrowed)
      outlivedByUser(X);
    for (const Kept &X : Unheld)
      storedWithoutHold(X);
    for (const RefSite &Site : O.sites())
      if (!Site.Takes && Site.Counts && Site.Tracker && Site.Owner)
        wrongTracker(Site);
    for (FuncId F = 0; F < P.functions().size(); ++F)
      reused(F);
  }

private:
  /// A device in a member, as a path left it.
  struct Kept {
    Point At;
    FieldKey K;
    ValId Value;
    State S;
  };

  const Ownership &O;
  std::map<std::pair<ValId, ValId>, Point> StoredAt;
  std::vector<Kept> Borrowed, Unheld;
  std::set<FieldKey> Held;                    ///< set by some path that holds
  std::map<FieldKey, std::set<FuncId>> Taken; ///< where such paths set it

  bool borrowed(ValId Dev, const State &S) const {
    const uint32_t *L = S.Looked.lookup(Dev);
    return L && (Role(*L) == Role::LookupRtnl || Role(*L) == Role::LookupRcu);
  }

  FuncId entryOf(CtxId Ctx) const {
    while (T.site(Ctx).Parent)
      Ctx = T.site(Ctx).Parent;
    return T.site(Ctx).Func;
  }

  std::string text(FieldKey K) const {
    return K.Rec ? C.text(K) : T.text(K.Field).str();
  }

  static std::vector<ExtraStep> step(const RefSite &S, std::string Message) {
    return {{S.F, S.Block, S.Inst, std::move(Message)}};
  }

  //===--- ND-R11: the reference that ndo_uninit drops
  //---------------------===//

  /// A hold of a device this path has registered, which ndo_uninit drops: had
  /// registration failed late, ndo_uninit would have dropped it all the same
  /// (net/core/dev.c register_netdevice: err_uninit).
  void heldTooLate(const Point &At, const CallEvent &Ev, const State &S) {
    ValId Ops = valueAt(
        S, T, T.field(Ev.Dev, T.name(DeviceOpsMember), T.name(DeviceRecord)));
    if (T.get(Ops).Kind != ValKind::Global || !registeredHere(At, Ev.Dev, S))
      return;
    NameId Table = T.get(Ops).Name;
    FuncId Uninit = P.inTable(Table, UninitCallback);
    FuncId Init = P.inTable(Table, InitCallback);
    FieldKey Tracker;
    if (Ev.Api->TrackerArg >= 0 && size_t(Ev.Api->TrackerArg) < Ev.Args.size())
      Tracker = P.keyOf(Ev.Args[Ev.Api->TrackerArg]);
    auto Own = [&](const RefSite &X) {
      return X.Counts && X.Param == 0 && X.Tracker == Tracker;
    };
    const RefSite *Put =
        Uninit == NoFunc ? nullptr : O.findIn(Uninit, [&](const RefSite &X) {
          return !X.Takes && Own(X);
        });
    if (!Put || (Init != NoFunc && O.findIn(Init, [&](const RefSite &X) {
          return X.Takes && Own(X);
        })))
      return;
    C.report("ND-R11", At, S, Ev.Dev,
             "the reference that 'ndo_uninit' drops is taken only after " +
                 C.registerCall(S, Ev.Dev) +
                 ": if that fails late, it is dropped all the same",
             Precision::High,
             step(*Put, "'ndo_uninit' ('" + C.name(Uninit) +
                            "') drops it here, also when registration fails"));
  }

  bool registeredHere(const Point &At, ValId Dev, const State &S) const {
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Dev && N->State == toText(Life::Reg))
        return entryOf(N->Ctx) == entryOf(At.Ctx);
    return false;
  }

  //===--- ND-R01: ndo_init fails with a reference
  //--------------------------===//

  /// ndo_uninit and priv_destructor do not run when ndo_init fails
  /// (net/core/dev.c register_netdevice: err_free_name).
  void initFails(const Entry &En, const Point &At, const State &S) {
    FuncId Uninit = P.inTable(En.Table->Table, UninitCallback);
    for (const auto &Ref : S.Refs) {
      if (Ref.second <= 0)
        continue;
      const Val &V = T.get(Ref.first);
      FieldKey K = V.Kind == ValKind::Init ? O.owner(V.A) : FieldKey();
      auto Drops = [&](const RefSite &X) {
        return !X.Takes && X.Counts && K && X.Owner == K;
      };
      const RefSite *Put = Uninit == NoFunc ? nullptr : O.findIn(Uninit, Drops);
      // Dropped elsewhere too: whoever registers may do it.
      bool Elsewhere = O.find([&](const RefSite &X) {
        return Drops(X) && !llvm::is_contained(U.closure(Uninit), X.F);
      });
      if (Put && !Elsewhere)
        C.report("ND-R01", At, S, Ref.first,
                 "'ndo_init' fails and leaves the reference kept in '" +
                     text(K) + "': 'ndo_uninit', which drops it, does not run",
                 Precision::High,
                 step(*Put, "'ndo_uninit' ('" + C.name(Uninit) +
                                "') would drop it here"));
    }
  }

  //===--- ND-R10: set without a hold
  //---------------------------------------===//

  /// The member at \p Addr holds \p Value when \p En succeeds.
  void storedAtEnd(const Entry &En, ValId Addr, ValId Value, const State &S) {
    auto At = StoredAt.find({Addr, Value});
    if (At == StoredAt.end() || entryOf(At->second.Ctx) != En.Func ||
        E.range(S, Value).Signs == Range::Zero || S.Gone.contains(T.root(Addr)))
      return;
    FieldKey K = O.owner(Addr);
    bool Owned = false, Holds = false;
    for (const RefSite &X : O.sites()) {
      if (X.Takes || !X.Counts || !(X.Owner == K || X.Via == K))
        continue;
      Owned = true;
      ValId Dev =
          X.Owner == K
              ? Value
              : valueAt(S, T, T.field(Value, X.Owner.Field, X.Owner.Rec));
      const int *N = S.Refs.lookup(Dev);
      Holds |= N && *N > 0;
      for (const auto &Note : S.Trackers)
        Holds |= X.Tracker && P.keyOf(Note.first) == X.Tracker;
    }
    if (!Owned)
      return;
    if (Holds)
      Taken[K].insert(At->second.Func);
    else
      Unheld.push_back({At->second, K, Value, S});
  }

  void storedWithoutHold(const Kept &X) {
    auto Good = Taken.find(X.K);
    bool Sibling = false;
    if (Good != Taken.end())
      for (FuncId F : Good->second)
        Sibling |= F != X.At.Func;
    bool Anybody = Good != Taken.end() || O.find([&](const RefSite &Site) {
      return Site.Takes && (Site.Owner == X.K || Site.Via == X.K);
    });
    Precision Trust = Precision::Low;
    if (Sibling || (borrowed(X.Value, X.S) && !Anybody))
      Trust = Precision::High;
    const RefSite *Put = O.find([&](const RefSite &Site) {
      return !Site.Takes && Site.Counts &&
             (Site.Owner == X.K || Site.Via == X.K);
    });
    C.report("ND-R10", X.At, X.S, X.Value,
             "'" + text(X.K) +
                 "' is set without taking the reference that is dropped "
                 "through it",
             Trust, step(*Put, "'" + C.name(Put->F) + "' drops it here"));
  }

  //===--- ND-R03: used when the lower device may be gone
  //-------------------===//

  /// netdev_run_todo() asks ndo_get_iflink of a device (linkwatch_sync_dev to
  /// dev_get_iflink) after it may have freed a lower one: only a reference
  /// keeps that (net/core/dev.c, net/core/link_watch.c).
  void outlivedByUser(const Kept &X) {
    if (Held.count(X.K) || O.find([&](const RefSite &Site) {
          return Site.Takes && Site.Owner == X.K;
        }))
      return;
    for (const Slot *Late : U.slots("net_device_ops", "ndo_get_iflink"))
      for (FuncId F : U.closure(Late->Func))
        if (auto At = derefs(F, X.K)) {
          std::vector<ExtraStep> Steps;
          FuncId Init = P.inTable(Late->Table, InitCallback);
          if (Init != NoFunc)
            Steps.push_back({Init, ~0u, 0,
                             "'ndo_init' ('" + C.name(Init) +
                                 "') takes no reference to it"});
          Steps.push_back({F, At->first, At->second,
                           "'ndo_get_iflink' ('" + C.name(Late->Func) +
                               "') uses it here, also while the core waits "
                               "for the device's references"});
          C.report("ND-R03", X.At, X.S, X.Value,
                   "the device kept in '" + text(X.K) +
                       "' is not held: 'ndo_get_iflink' uses it when it may "
                       "have been freed",
                   Precision::High, std::move(Steps));
          return;
        }
  }

  /// A place in \p F where what the member \p K points to is read.
  std::optional<std::pair<uint32_t, uint32_t>> derefs(FuncId F, FieldKey K) {
    const FuncInfo &I = P.func(F);
    const ir::Unit &Unit = *I.U;
    std::function<bool(ir::ExprId)> Hits = [&](ir::ExprId Id) {
      const ir::Expr &X = Unit.get(Id);
      if (X.Kind == ExprKind::Load && Unit.get(X.A).Kind == ExprKind::Field) {
        const ir::Expr &Base = Unit.get(P.throughLocal(F, Unit.get(X.A).A));
        if (Base.Kind == ExprKind::Load && O.owner(F, Base.A) == K)
          return true;
      }
      return (X.A && Hits(X.A)) || (X.B && Hits(X.B));
    };
    for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
      for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
        const ir::Inst &In = I.F->Blocks[B].Insts[N];
        bool Hit = In.Value && Hits(In.Value);
        for (ir::ExprId A : In.Args)
          Hit |= Hits(A);
        if (Hit)
          return std::make_pair(B, N);
      }
    return std::nullopt;
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
    State None = E.emptyState();
    C.report("ND-R06", Point{0, Put.F, Put.Block, Put.Inst}, None, 0,
             "the reference to '" + text(Put.Owner) + "' is dropped with '" +
                 text(Put.Tracker) + "' and was taken with '" +
                 text(Hold->Tracker) + "'",
             Precision::High,
             step(*Hold, "'" + C.name(Hold->F) + "' takes it here"));
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
              if (makes(F, Def.Value))
                Made = true;
              else if (walks(Unit, Def.Value) && reaches(F, Base.A, D, B))
                Found = D;
            }
        if (!Made || Found == ~0u)
          continue;
        State None = E.emptyState();
        C.report("ND-R01", Point{0, F, B, N}, None, 0,
                 "the reference kept in '" + text(K) +
                     "' of an entry that is used again is lost when the "
                     "member is set",
                 Precision::High,
                 {{F, Found, 0, "the entry may be one that was found here"}});
      }
  }

  /// \p Value is fresh memory.
  bool makes(FuncId F, ir::ExprId Value) {
    const FuncInfo &I = P.func(F);
    const ir::Unit &Unit = *I.U;
    const ir::Expr &X = Unit.get(P.throughLocal(F, Value));
    if (X.Kind != ExprKind::Temp)
      return false;
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Call && In.Temp == X.Int)
          for (const ApiObject &Row : P.model().objects(Unit.text(In.Callee)))
            if (Row.Does == Act::Create && Row.Class == "memory")
              return true;
    return false;
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
};
} // namespace

std::unique_ptr<Rule> netdev::makeOwnershipRule(RuleContext &C) {
  return std::make_unique<OwnershipRule>(C);
}
