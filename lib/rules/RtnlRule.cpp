//===- RtnlRule.cpp - The RTNL: missing, or taken twice ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K01, K02, K09, N02: catalogue B.3 (net/core/rtnetlink.c, ASSERT_RTNL at
/// each function; rtnl_lock is a plain mutex). Only where it is known whether
/// the RTNL is held: from the entry's context, or from what the path did.
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class RtnlRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    // ND-L12 speaks of what a destructor does.
    if (!E.coreCalls().empty() &&
        E.coreCalls().back().Step == CoreStep::Destructor)
      return;
    if (!Ev.Api)
      return;
    if (S.Rtnl == 0)
      missing(At, Ev, S);
    else if (S.Rtnl != State::UnknownRtnl)
      twice(At, Ev, S);
  }

private:
  /// One call of an entry that leads into trouble is one fault, however many
  /// of the functions below it need the lock.
  bool isFirst(llvm::StringRef Rule, const Point &At) {
    Point Top = C.outermost(At);
    auto [Old, New] = First.try_emplace(
        std::make_tuple(Rule.str(), Top.Func, Top.Block, Top.Inst), At);
    return New ||
           (Old->second.Func == At.Func && Old->second.Block == At.Block &&
            Old->second.Inst == At.Inst);
  }

  void missing(const Point &At, const CallEvent &Ev, const State &S) {
    std::string By = "'" + Ev.Shown.str() + "'";
    if (Ev.Api->Rtnl == RtnlNeed::Must && needs(Ev)) {
      if (isFirst("ND-K01", At))
        C.reportLock("ND-K01", At, S, E.running(),
                     By + " needs the RTNL, which is not held here",
                     Precision::High);
    } else if (Ev.Api->Rtnl == RtnlNeed::State &&
               Ev.Api->Does == Role::AssertsRtnl && Ev.Before &&
               (Ev.Before->At == Life::Reg || Ev.Before->At == Life::Queued)) {
      // Catalogue E.23: before registration no lock is needed.
      if (isFirst("ND-K01", At))
        C.reportLock("ND-K09", At, S, E.running(),
                     By + " needs the RTNL once the device is registered, and "
                          "it is not held here",
                     Ev.Before->Opaque || !S.Certain ? Precision::Medium
                                                     : Precision::High);
    }
  }

  void twice(const Point &At, const CallEvent &Ev, const State &S) {
    if (Ev.Api->Rtnl != RtnlNeed::MustNot || !isFirst("ND-K02", At))
      return;
    bool Notifier = Ev.Api->Does == Role::NotifierRegister ||
                    Ev.Api->Does == Role::NotifierUnregister;
    C.reportLock(Notifier ? "ND-N02" : "ND-K02", At, S, E.running(),
                 "'" + Ev.Shown.str() +
                     "' takes the RTNL, which is already held here",
                 Precision::High);
  }

  /// The lock operations themselves are a question of balance; a look-up, or a
  /// pointer that only lockdep watches, may be protected by RCU instead.
  bool needs(const CallEvent &Ev) const {
    switch (Ev.Api->Does) {
    case Role::LookupBorrowed:
    case Role::LookupRtnl:
    case Role::RtnlUnlock:
    case Role::RtnlUnlockCore:
    case Role::RtnlAssert:
      return false;
    default:
      return true;
    }
  }

  std::map<std::tuple<std::string, FuncId, uint32_t, uint32_t>, Point> First;
};
} // namespace

std::unique_ptr<Rule> netdev::makeRtnlRule(RuleContext &C) {
  return std::make_unique<RtnlRule>(C);
}
