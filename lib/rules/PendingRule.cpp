//===- PendingRule.cpp - What may still run when the device is freed -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-W01 to W03, D07: work, timers, interrupts and the like must be cancelled
/// for good before the memory that their handlers use goes (catalogue B.9).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/Ending.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class PendingRule : public Rule {
public:
  explicit PendingRule(RuleContext &C) : Rule(C), End(P, U) {}

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Api && Ev.Api->Does == Role::Free)
      globals(At, S);
    for (const ApiObject &O : Ev.Objects) {
      const ApiClass &Class = P.model().objectClass(O.Class);
      if (O.Does == Act::Arm && Class.Runs) {
        int Index = Class.ByCookie ? O.CookieArg : int(O.Object.Index);
        if (Index >= 0 && size_t(Index) < Ev.Args.size())
          Armings[{Ev.Args[Index], Class.ByCookie}] =
              Arming{At, Ev.Shown.str(), O.Devm};
      }
      if (O.Does == Act::Bind && O.Class == "napi" && Ev.Args.size() > 1)
        Polls[Ev.Args[O.Object.Index]] = Ev.Args[0];
    }
  }

  void freed(const Point &At, ValId Dev, const State &S) override {
    auto It = S.Devs.find(Dev);
    if (It == S.Devs.end())
      return;
    abandoned(At, Dev, S);
    itself(At, Dev, S);
    interrupts(At, Dev, It->second, S);
    armed(At, Dev, It->second, S);
  }

  /// devres frees what it allocated when remove has returned (net/devres.c
  /// devm_free_netdev).
  void left(const Point &At, ValId, int, const State &S) override {
    if (T.site(At.Ctx).Parent || !E.coreCalls().empty() || !E.running().Before)
      return;
    for (const auto &[Dev, D] : S.Devs)
      if (D.From == Origin::Devm && D.WasRegistered)
        armed(At, Dev, D, S);
  }

  void finish() override {
    for (auto &[K, L] : Last)
      C.report(L.Rule, L.At, L.S, L.Dev, L.Message, L.Trust,
               std::move(L.Extra));
  }

private:
  /// Where something was armed on a path.
  struct Arming {
    Point At;
    std::string By;
    bool Devm = false;
  };
  struct Candidate {
    std::string Rule;
    Point At;
    ValId Dev;
    State S;
    std::string Message;
    Precision Trust;
    std::vector<ExtraStep> Extra;
  };

  /// What works on \p Dev, which is freed at \p At.
  void armed(const Point &At, ValId Dev, const DevState &D, const State &S) {
    std::set<NameId> SeenAs = C.seenAs(Dev, S);
    std::set<FieldKey> Seen;
    for (const Binding &B : P.bindings()) {
      const ApiClass &Class = P.model().objectClass(B.Class);
      if (!B.Object || !Class.Runs || Class.ByCookie ||
          !Seen.insert(B.Object).second)
        continue;
      if (SeenAs.empty() ? U.isPrivate(B.Object.Rec)
                         : U.isWithin(B.Object.Rec, SeenAs))
        check(At, Dev, D, B, S);
    }
  }

  bool inEntry(const Point &At, FuncId F) {
    return P.runs(C.entryOf(At.Ctx), F);
  }

  /// \p Who runs while the device is up, whether anyone opens it or not.
  bool whileUp(const Caller &Who) const {
    if (!Who.Table || T.text(Who.Table->Struct) != "net_device_ops")
      return false;
    llvm::StringRef Field = T.text(Who.Table->Field);
    return Field == "ndo_start_xmit" || Field == "ndo_tx_timeout" ||
           Field == "ndo_set_rx_mode";
  }

  /// The address of \p K that is armed on this path; 0 if none is.
  ValId armedHere(FieldKey K, const State &S) const {
    for (const auto &A : S.Armed)
      if (P.keyOf(A.first) == K && isArmed(A.second, S))
        return A.first;
    return 0;
  }

  /// The call with this status armed it.
  bool isArmed(ValId Status, const State &S) const {
    return !Status || rangeOf(S, T, Status).Signs == Range::Zero;
  }

  void check(const Point &At, ValId Dev, const DevState &D, const Binding &B,
             const State &S) {
    FieldKey K = B.Object;
    bool Early = false;
    for (const auto &Q : S.Quiet)
      if (P.keyOf(Q.first) == K) {
        if (Rest(Q.second) != Rest::Early)
          return;
        Early = true;
      }
    ValId Here = armedHere(K, S);
    if (!D.WasRegistered && !Here)
      return;
    if (End.dropsReference(B.Handler) || C.entryOf(At.Ctx) == B.Handler ||
        End.endsCarrier(B.Class, [](FuncId) { return true; }) ||
        End.handsShaken(B.Handler))
      return;
    auto Now = [&](FuncId F) { return inEntry(At, F); };
    auto Last = [&](FuncId F) { return End.mayRun(F); };
    // Armed by this very path, which takes the device away itself.
    if (Here && !S.Later && !D.WasRegistered) {
      if (!End.endOf(K, Now) &&
          !(drains(At) && End.drained(K, C.entryOf(At.Ctx))))
        keep("ND-W01", K, At, Dev, S, B,
             " may still be pending when the device is freed; nothing on this "
             "path cancels it",
             Precision::High, pathSteps(Here));
      return;
    }
    if (End.drained(K, C.entryOf(At.Ctx)))
      return;
    if (const Use *Ended = End.endOf(K, Last)) {
      if (const Use *Only = End.onlyDequeued(B, Last))
        keep("ND-W01", K, At, Dev, S, B,
             " may still run when the device is freed; nothing waits for it",
             End.maySleep(B) ? Precision::High : Precision::Medium,
             C.dequeued(*Only));
      else if (Early && Now(Ended->In))
        early(At, Dev, B, S);
      else if (!End.endOf(K, Now))
        onlyStopped(At, Dev, B, Here, S);
      return;
    }
    Witness W = End.armedWhileAlive(K);
    if (W.From || Here)
      keepUncancelled(At, Dev, B, S, W);
  }

  /// Work and the like in global variables: nothing cancels it in the whole
  /// program, and what it works on is being taken away.
  void globals(const Point &At, const State &S) {
    if (!End.mayRun(C.entryOf(At.Ctx)))
      return;
    for (const Binding &B : P.bindings()) {
      FieldKey K = B.Object;
      if (T.text(K.Rec) != GlobalRecord ||
          !P.model().objectClass(B.Class).Runs ||
          End.endOf(K, [](FuncId) { return true; }) ||
          End.drained(K, C.entryOf(At.Ctx)) || End.dropsReference(B.Handler) ||
          !End.shareRecord(B.Handler, C.entryOf(At.Ctx)))
        continue;
      Witness W = End.armedWhileAlive(K);
      if (!W.From)
        continue;
      keepUncancelled(At, 0, B, S, W);
    }
  }

  void keepUncancelled(const Point &At, ValId Dev, const Binding &B,
                       const State &S, const Witness &W) {
    // Whatever other name the device goes by: nothing cancels it.
    State Sure = S;
    Sure.Certain |= End.mayRun(C.entryOf(At.Ctx));
    keep("ND-W01", B.Object, At, Dev, Sure, B,
         " may still be pending when the device is freed; nothing cancels it",
         Precision::High,
         W.From ? C.steps(W, "arms it") : std::vector<ExtraStep>());
  }

  /// ND-W01: only ndo_stop cancels it, which is not called for a device that is
  /// down; what feeds the device arms it then as well, or probe did at \p Here.
  void onlyStopped(const Point &At, ValId Dev, const Binding &B, ValId Here,
                   const State &S) {
    FieldKey K = B.Object;
    for (const Use &Each : U.usesOf(K)) {
      if (Each.Kind != UseKind::Object || !End.ends(*Each.Row))
        continue;
      for (const Caller &Who : U.callers())
        if (!Who.Handler && End.mayRun(Who.Func) &&
            !(Who.Table && T.text(Who.Table->Field) == "ndo_stop") &&
            !U.chain(Who.Func, Each.In).empty())
          return;
    }
    Witness W = End.armedBy(K, [&](const Caller &Who) {
      return Who.Table && feedsDevice(T.text(Who.Table->Struct));
    });
    if (Here) {
      keep("ND-W01", K, At, Dev, S, B,
           " may still be pending when the device is freed; only 'ndo_stop' "
           "cancels it, which is not called for a device that was never opened",
           Precision::High, pathSteps(Here));
      return;
    }
    if (!W.From || End.heedsFlag(W, C.entryOf(At.Ctx)) ||
        End.asksWhetherUp(W.Chain))
      return;
    keep("ND-W01", K, At, Dev, S, B,
         " may still be pending when the device is freed; only 'ndo_stop' "
         "cancels it, and " +
             C.describe(*W.From) + " arms it while the device is down, too",
         Precision::High, C.steps(W, "arms it"));
  }

  /// ND-W02: cancelled before unregistration only, and armed again since.
  void early(const Point &At, ValId Dev, const Binding &B, const State &S) {
    FieldKey K = B.Object;
    // Closed, marked absent, or silenced before: nothing arms it any more.
    if (S.rest(Dev) == Rest::Disabled || silenced(C.entryOf(At.Ctx)))
      return;
    unsigned Ends = 0;
    for (const Use &Each : U.usesOf(K))
      if (Each.Kind == UseKind::Object && End.ends(*Each.Row)) {
        bool Here = inEntry(At, Each.In);
        if (!Here && End.mayRun(Each.In))
          return; // ndo_stop does it as well
        Ends += Here;
      }
    if (Ends != 1)
      return;
    Witness W = End.armedBy(K, [&](const Caller &Who) { return whileUp(Who); });
    if (!W.From || End.heedsFlag(W, C.entryOf(At.Ctx)))
      return;
    keep("ND-W02", K, At, Dev, S, B,
         " is cancelled only before the device is unregistered; " +
             C.describe(*W.From) + " may arm it again",
         // A handler that looks at a flag first does little harm.
         End.heedsFlag(U.closure(B.Handler), C.entryOf(At.Ctx))
             ? Precision::Medium
             : Precision::High,
         C.steps(W, "arms it"));
  }

  /// \p Entry, or what it calls, takes the carrier or the queues away: without
  /// them nothing is sent, and no watchdog barks (net/sched/sch_generic.c).
  bool silenced(FuncId Entry) {
    for (FuncId F : U.closure(Entry)) {
      const FuncInfo &I = P.func(F);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Kind == ir::InstKind::Call && In.Callee)
            for (const ApiObject &O : P.callee(I, In).Objects)
              if (O.Class == "device-silence")
                return true;
    }
    return false;
  }

  bool drains(const Point &At) {
    return End.endsClass("workqueue", [&](FuncId F) { return inEntry(At, F); });
  }

  std::vector<ExtraStep> pathSteps(ValId Address, bool ByCookie = false) {
    auto It = Armings.find({Address, ByCookie});
    if (It == Armings.end())
      return {};
    const Point &A = It->second.At;
    return {{A.Func, A.Block, A.Inst,
             "'" + It->second.By + "' arms it on this path"}};
  }

  /// One finding for each object, where its life ends for good: what runs last
  /// (remove after probe) wins.
  void keep(llvm::StringRef Rule, FieldKey K, const Point &At, ValId Dev,
            const State &S, const Binding &B, const std::string &What,
            Precision Trust, std::vector<ExtraStep> Extra) {
    Last.erase(K);
    Last.emplace(K, Candidate{Rule.str(), At, Dev, S,
                              "'" + C.text(K) + "' (" + B.Class + ")" + What,
                              Trust, std::move(Extra)});
  }

  /// NAPI in memory that is gone is still on the list free_netdev() walks.
  void abandoned(const Point &At, ValId Dev, const State &S) {
    for (uint32_t A : S.Ready) {
      auto It = Polls.find(A);
      ValId Memory = T.root(A);
      if (It == Polls.end() || It->second != Dev || Memory == Dev ||
          !S.Gone.contains(Memory) || S.Gone.contains(A))
        continue;
      FieldKey K = P.keyOf(A);
      if (!K || End.endOf(K, [&](FuncId F) { return inEntry(At, F); }))
        continue;
      C.report("ND-W01", At, S, Dev,
               "'" + C.text(K) +
                   "' (napi) is on the device's list when the device is freed, "
                   "but its memory is gone; nothing on this path deletes it",
               Precision::High);
    }
  }

  /// ND-W03: work frees the memory it is in, and what ends the life cancels it
  /// there.
  void itself(const Point &At, ValId Dev, const State &S) {
    FuncId Handler = C.entryOf(At.Ctx);
    for (const Binding &B : P.bindings()) {
      if (B.Handler != Handler || !U.isPrivate(B.Object.Rec) ||
          P.func(Handler).F->NumParams != 1 ||
          !T.contains(Dev, E.parameter(Handler, 0)))
        continue;
      const Use *Cancel =
          End.endOf(B.Object, [&](FuncId F) { return End.mayRun(F); });
      if (!Cancel || P.runs(Handler, Cancel->In))
        continue;
      C.report("ND-W03", At, S, Dev,
               "'" + C.text(B.Object) + "' (" + B.Class +
                   ") frees the device whose memory it is in, but '" +
                   C.name(Cancel->In) + "' cancels it there",
               Precision::High,
               {{Cancel->In, Cancel->Block, Cancel->Inst,
                 "'" + C.name(Cancel->In) + "' cancels it here"}});
      return;
    }
  }

  /// Interrupts whose handler is given the device.
  void interrupts(const Point &At, ValId Dev, const DevState &D,
                  const State &S) {
    for (const auto &A : S.Armed) {
      const Val &V = T.get(A.first);
      if (V.Kind != ValKind::Field || T.text(V.Name) != CookieMember ||
          T.root(V.A) != Dev || !isArmed(A.second, S))
        continue;
      auto It = Armings.find({V.A, true});
      if (It == Armings.end())
        continue;
      llvm::StringRef Class = T.text(V.Rec);
      bool Quieted = End.endsClass(Class, [&](FuncId F) {
        return inEntry(At, F) || (D.WasRegistered && End.mayRun(F));
      });
      if (Quieted || D.Opaque)
        continue;
      C.report(It->second.Devm ? "ND-D07" : "ND-W01", At, S, Dev,
               "the handler given to '" + It->second.By +
                   "' may still run when the device it uses is freed" +
                   (It->second.Devm ? "; devres releases it later"
                                    : "; nothing on this path releases it"),
               It->second.Devm ? Precision::Medium : Precision::High,
               pathSteps(V.A, true));
    }
  }

  Ending End;
  std::map<std::pair<ValId, bool>, Arming> Armings;
  std::map<ValId, ValId> Polls; ///< napi -> the device it was added to
  std::map<FieldKey, Candidate> Last;
};
} // namespace

std::unique_ptr<Rule> netdev::makePendingRule(RuleContext &C) {
  return std::make_unique<PendingRule>(C);
}
