//===- AtomicRule.cpp - What sleeps where nobody may ------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K05: catalogue B.3 (might_sleep() in net/core/dev.c).
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class AtomicRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!S.Atomic || !Ev.Api || !Ev.Api->MaySleep || onlyQueues(Ev, S))
      return;
    // The section that was begun last; none: the entry itself.
    std::vector<ExtraStep> Steps;
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == E.atomic()) {
        Steps.push_back({N->Func, N->Block, N->Inst, N->Message});
        break;
      }
    const Entry &En = E.running();
    if (En.Atomic)
      Steps.insert(Steps.begin(), {En.Func, ~0u, 0,
                                   "'" + C.name(En.Func) +
                                       "' is called where nobody may "
                                       "sleep"});
    C.reportLock("ND-K05", At, S, En,
                 "'" + Ev.Shown.str() +
                     "' may sleep, which is not allowed here",
                 Precision::Medium, Steps);
  }

private:
  /// With a list it only puts the device there (unregister_netdevice_queue()).
  bool onlyQueues(const CallEvent &Ev, const State &S) const {
    int List = Ev.Api->ListArg;
    return List >= 0 && size_t(List) < Ev.Args.size() &&
           !(E.range(S, Ev.Args[List]).Signs & Range::Zero);
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeAtomicRule(RuleContext &C) {
  return std::make_unique<AtomicRule>(C);
}
