//===- OwnershipRule.cpp - References that members keep -------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R03, R10, R11 where a reference outlives the function: what a member's
/// owner drops is taken where the member is set, and before the device can be
/// torn down.
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
    if (!E.failed(En.Func, Ret, S))
      for (const auto &KV : S.Store)
        if (!T.isLocalMemory(KV.first))
          storedAtEnd(En, KV.first, KV.second, S);
    keptAfterPut(En, Ret, S);
  }

  void finish() override {
    for (const Kept &X : Dropped)
      readAfterPut(X);
    for (const Kept &X : Borrowed)
      outlivedByUser(X);
    for (const Kept &X : Unheld)
      storedWithoutHold(X);
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
  std::vector<Kept> Borrowed, Unheld, Dropped;
  std::set<FieldKey> Held;                    ///< set by some path that holds
  std::map<FieldKey, std::set<FuncId>> Taken; ///< where such paths set it

  bool borrowed(ValId Dev, const State &S) const {
    const uint32_t *L = S.Looked.lookup(Dev);
    return L && (Role(*L) == Role::LookupRtnl || Role(*L) == Role::LookupRcu);
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
        return C.entryOf(N->Ctx) == C.entryOf(At.Ctx);
    return false;
  }

  //===--- ND-R10: set without a hold
  //---------------------------------------===//

  /// The member at \p Addr holds \p Value when \p En succeeds.
  void storedAtEnd(const Entry &En, ValId Addr, ValId Value, const State &S) {
    auto At = StoredAt.find({Addr, Value});
    if (At == StoredAt.end() || C.entryOf(At->second.Ctx) != En.Func ||
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
    Precision Trust = Sibling ? Precision::Medium : Precision::Low;
    if (borrowed(X.Value, X.S) && !Anybody)
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

  //===--- ND-R03: a member that leads to what is held no more ------------===//

  /// The one reference was dropped, and a member that lives on when \p En has
  /// returned still leads to the device.
  void keptAfterPut(const Entry &En, ValId Ret, const State &S) {
    auto WasHeld = [&](ValId Dev) {
      const uint32_t *L = S.Looked.lookup(Dev);
      return L && Role(*L) == Role::LookupHeld && !S.Refs.lookup(Dev);
    };
    // Nearly always there is none, and then memory need not be looked at.
    if (llvm::none_of(S.Looked,
                      [&](const auto &L) { return WasHeld(L.first); }))
      return;
    llvm::StringRef Field = En.Table ? T.text(En.Table->Field) : "";
    bool Failed = E.failed(En.Func, Ret, S);
    // What belongs to a device that goes, or never comes, goes with it.
    if (endsLife(Field) ||
        (Failed && (C.begins(En) || beginsLife(Field) || Field == "newlink")))
      return;
    for (const auto &KV : S.Store) {
      ValId Root = T.root(KV.first);
      if (!WasHeld(KV.second) || T.isLocalMemory(KV.first) ||
          Root == KV.second || S.Gone.contains(Root) ||
          E.range(S, KV.second).Signs == Range::Zero ||
          O.releasedOwner(KV.second, S))
        continue;
      FieldKey K = O.owner(KV.first);
      // What a function that fails has made is undone in ways of its own.
      if (!K || (Failed && C.madeAt(Root)) || T.text(K.Rec) == PacketRecord ||
          T.text(K.Rec) == RouteRecord)
        continue;
      for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
        if (N->Object == KV.second && N->State == ReferenceDropped) {
          Dropped.push_back(
              {{N->Ctx, N->Func, N->Block, N->Inst}, K, KV.second, S});
          break;
        }
    }
  }

  void readAfterPut(const Kept &X) {
    if (isForgotten(X.K))
      return;
    for (FuncId F = 0; F < P.functions().size(); ++F)
      if (auto At = derefs(F, X.K)) {
        C.report(
            "ND-R03", X.At, X.S, X.Value,
            "'" + text(X.K) +
                "' still leads to the device after its reference is "
                "dropped",
            Precision::Medium,
            {{F, At->first, At->second, "'" + C.name(F) + "' uses it here"}});
        return;
      }
  }

  /// A notifier for devices clears \p K, or releases what it is in: the member
  /// leads to the device for as long as that is registered.
  bool isForgotten(FieldKey K) const {
    for (const Slot *N : U.slots(NotifierRecord, "notifier_call"))
      if (P.isNetdevNotifier(N->Table))
        for (FuncId F : U.closure(N->Func))
          if (P.func(F).Writes.contains(K.Field) ||
              (K.Rec && U.releases(F, K.Rec)))
            return true;
    return false;
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
};
} // namespace

std::unique_ptr<Rule> netdev::makeOwnershipRule(RuleContext &C) {
  return std::make_unique<OwnershipRule>(C);
}
