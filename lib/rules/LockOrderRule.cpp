//===- LockOrderRule.cpp - The RTNL and other locks -------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K11: the RTNL is waited for with a mutex held that a callback takes with
/// the RTNL held: each waits for the other (catalogue B.3; lockdep's circular
/// dependency). Where the RTNL is waited for is seen on the engine's paths;
/// what is held there, and who takes it under the RTNL, by members.
///
//===----------------------------------------------------------------------===//

#include "engine/EntryContext.h"
#include "engine/Lives.h"
#include "model/Idioms.h"
#include "rules/HeldLocks.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class LockOrderRule : public Rule {
public:
  explicit LockOrderRule(RuleContext &C) : Rule(C), Held(P), Contexts(P) {}

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!Ev.Api || Ev.Api->Rtnl != RtnlNeed::MustNot || S.Rtnl > 0 ||
        Ev.Api->Does == Role::RtnlTrylock)
      return;
    for (const auto &[Lock, Where] : heldAt(At))
      Waits.push_back({At, S, E.running(), Ev.Shown.str(), Lock, Where,
                       Ev.Api->Does == Role::Unregister});
  }

  void finish() override {
    for (const Wait &W : Waits)
      judge(W);
  }

private:
  /// The RTNL is waited for with \p Lock held.
  struct Wait {
    Point At;
    State S;
    Entry From;
    std::string By;
    FieldKey Lock;
    ExtraStep Taken;
    bool Unregisters;
  };

  /// What the functions on the way to \p At hold.
  std::map<FieldKey, ExtraStep> heldAt(const Point &At) {
    std::map<FieldKey, ExtraStep> Out;
    std::vector<FuncId> Inner;
    for (Point Here = At;;) {
      for (const auto &L : Held.at(Here.Func, Here.Block, Here.Inst))
        if (llvm::none_of(Inner,
                          [&](FuncId F) { return Held.mayDrop(F, L.first); }))
          Out.try_emplace(L.first,
                          ExtraStep{Here.Func, L.second.first, L.second.second,
                                    "'" + C.text(L.first) + "' is taken"});
      if (!T.site(Here.Ctx).Parent)
        return Out;
      Inner.push_back(Here.Func);
      Here = C.caller(Here.Ctx);
    }
  }

  /// Callbacks of a registered device that the core calls with the RTNL held,
  /// those that unregistering itself calls first if \p Unregisters.
  std::vector<ExtraStep> whoTakes(const Wait &W) {
    std::vector<ExtraStep> Best;
    for (const Caller &Who : U.callers()) {
      if (!Who.Table || !Who.Table->Row || Contexts.of(Who.Table) <= 0 ||
          Who.Table->Row->Unregistered || Who.Func == W.From.Func)
        continue;
      for (FuncId F : U.closure(Who.Func)) {
        auto Places = Held.takenIn(F, W.Lock);
        if (Places.empty())
          continue;
        Witness Way{&Who, U.chain(Who.Func, F), nullptr};
        if (Way.Chain.empty() || llvm::is_contained(Way.Chain, W.At.Func))
          continue;
        std::vector<ExtraStep> Steps = C.steps(Way, "");
        Steps.push_back({F, Places[0].first, Places[0].second,
                         "which waits for '" + C.text(W.Lock) + "'"});
        llvm::StringRef Slot = T.text(Who.Table->Field);
        if (W.Unregisters && (Slot == "ndo_stop" || Slot == "ndo_uninit"))
          return Steps;
        if (Best.empty() || Steps.size() < Best.size())
          Best = std::move(Steps);
      }
    }
    return Best;
  }

  void judge(const Wait &W) {
    std::vector<ExtraStep> Others = whoTakes(W);
    if (Others.empty())
      return;
    std::vector<ExtraStep> Steps = {W.Taken};
    Steps.insert(Steps.end(), Others.begin(), Others.end());
    C.reportLock("ND-K11", W.At, W.S, W.From,
                 "'" + W.By + "' waits for the RTNL with '" + C.text(W.Lock) +
                     "' held, and a callback that holds the RTNL waits for '" +
                     C.text(W.Lock) + "'",
                 meets(W) ? Precision::High : Precision::Medium, Steps);
  }

  /// The callback can run meanwhile: a device is registered, or the lock is
  /// the module's and so are the devices.
  bool meets(const Wait &W) const {
    if (W.Unregisters)
      return true;
    if (W.From.Func == P.moduleInit() || W.From.Func == P.moduleExit())
      return false;
    if (T.text(W.Lock.Rec) == GlobalRecord)
      return true;
    bool Some = false;
    for (const auto &[Dev, D] : W.S.Devs) {
      if (D.At == Life::Reg)
        return true;
      Some = true;
    }
    return !Some && !(W.From.Table && beginsLife(T.text(W.From.Table->Field)));
  }

  HeldLocks Held;
  EntryContext Contexts;
  std::vector<Wait> Waits;
};
} // namespace

std::unique_ptr<Rule> netdev::makeLockOrderRule(RuleContext &C) {
  return std::make_unique<LockOrderRule>(C);
}
