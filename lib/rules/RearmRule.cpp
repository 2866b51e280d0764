//===- RearmRule.cpp - Cancelled, then armed by what still runs -*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-W04: of two that arm each other, a timer and its work say, the first that
/// is cancelled may be armed once more by the other, until that one is
/// cancelled as well (kernel/time/timer.c timer_shutdown_sync() describes it).
/// To shut one down breaks the circle.
///
//===----------------------------------------------------------------------===//

#include "rules/Ending.h"
#include "rules/ErrorEdge.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class RearmRule : public Rule {
public:
  explicit RearmRule(RuleContext &C) : Rule(C), End(P, U) {}

  void finish() override {
    std::set<FieldKey> Seen;
    for (const Binding &B : P.bindings())
      if (B.Object && isSoftware(B) && Seen.insert(B.Object).second)
        cancelled(B.Object);
  }

private:
  /// Interrupts and URBs stop when the hardware is told to, and may not come
  /// any more; and who waits for the RTNL waits for those who hold it here.
  bool isSoftware(const Binding &B) {
    const ApiClass &Class = P.model().objectClass(B.Class);
    return Class.Runs && !Class.ByCookie && !Class.ArmMayFail &&
           !U.mayDo(B.Handler, Role::RtnlLock);
  }

  /// All that takes \p K to rest when a device goes is in one function, and
  /// only waits: whoever runs still may arm it again.
  void cancelled(FieldKey K) {
    const Use *Last = nullptr;
    for (const Use &Each : U.usesOf(K)) {
      if (Each.Kind != UseKind::Object || !End.ends(*Each.Row))
        continue;
      if (Each.Row->Does != Act::CancelSync)
        return;
      if (!End.mayRun(Each.In))
        continue;
      if (Last)
        return;
      Last = &Each;
    }
    if (!Last || End.drained(K, Last->In))
      return;
    for (const Use &Later : U.usesIn(Last->In))
      if (waits(Later) && !(Later.Key == K) &&
          comesBefore(P, {Last->In, Last->Block, Last->Inst},
                      {Later.In, Later.Block, Later.Inst}))
        for (const Binding &B : P.bindings())
          if (B.Object == Later.Key && isSoftware(B))
            rearmed(*Last, Later, B);
  }

  static bool waits(const Use &Each) {
    return Each.Kind == UseKind::Object && (Each.Row->Does == Act::CancelSync ||
                                            Each.Row->Does == Act::FlushSync);
  }

  /// The handler of \p B, for which \p Later waits, arms what \p First
  /// cancelled.
  void rearmed(const Use &First, const Use &Later, const Binding &B) {
    for (const Use &Arm : U.usesOf(First.Key)) {
      if (Arm.Kind != UseKind::Object || Arm.Row->Does != Act::Arm)
        continue;
      Witness W{nullptr, U.chain(B.Handler, Arm.In), &Arm};
      if (W.Chain.empty() || End.asksWhetherUp(W.Chain) ||
          isKeptOut(W, First.In))
        continue;
      C.report("ND-W04", Point{0, First.In, First.Block, First.Inst}, State(),
               0,
               "'" + C.text(First.Key) + "' is cancelled before '" +
                   C.text(B.Object) + "', whose handler may arm it again",
               Precision::High,
               {{Arm.In, Arm.Block, Arm.Inst,
                 "'" + C.name(B.Handler) + "' arms it here"},
                {Later.In, Later.Block, Later.Inst,
                 "'" + C.name(B.Handler) + "' is over only here"}});
      return;
    }
  }

  /// The way of \p W looks at a flag that \p F, or who calls it, sets, or waits
  /// for a lock that they hold.
  bool isKeptOut(const Witness &W, FuncId F) const {
    std::vector<FuncId> Work{F};
    std::set<FuncId> Seen{F};
    for (size_t I = 0; I < Work.size(); ++I) {
      if (End.heedsFlag(W, Work[I]))
        return true;
      for (FuncId On : W.Chain)
        for (FieldKey Lock : locksOf(On))
          if (locksOf(Work[I]).count(Lock))
            return true;
      for (FuncId By : P.func(Work[I]).Callers)
        if (Seen.insert(By).second)
          Work.push_back(By);
    }
    return false;
  }

  /// The sleeping locks that \p F takes, and those that what it calls takes for
  /// it: a lock of its own has a function of its own.
  std::set<FieldKey> locksOf(FuncId F) const {
    std::set<FieldKey> Locks;
    auto Add = [&](FuncId G) {
      for (const Use &Each : U.usesIn(G))
        if (Each.Kind == UseKind::Object && Each.Row->Class == "mutex")
          Locks.insert(Each.Key);
    };
    Add(F);
    for (FuncId Callee : P.func(F).Callees)
      Add(Callee);
    return Locks;
  }

  Ending End;
};
} // namespace

std::unique_ptr<Rule> netdev::makeRearmRule(RuleContext &C) {
  return std::make_unique<RearmRule>(C);
}
