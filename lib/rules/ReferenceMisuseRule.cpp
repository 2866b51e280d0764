//===- ReferenceMisuseRule.cpp - References dropped wrongly ---------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R02, R06 to R09: a reference is taken to what counts them, and dropped
/// once, as what it is, in the way it was taken, and before its holder
/// unregisters the device (net/core/dev.c dev_get_by_*,
/// netdev_wait_allrefs_any; include/linux/netdevice.h netdev_hold).
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class ReferenceMisuseRule : public Rule {
public:
  using Rule::Rule;

  void store(const Point &, ValId Addr, ValId Value, const State &S) override {
    if (!T.isLocalMemory(Addr) && S.Refs.lookup(Value))
      Kept.insert(Value);
  }

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!Ev.Api)
      return;
    switch (Ev.Api->Does) {
    case Role::InitDummy:
      Dummies.insert(Ev.Dev);
      break;
    case Role::Hold:
      hold(At, Ev, S);
      break;
    case Role::Put:
    case Role::HoldPut:
      put(At, Ev, S);
      break;
    case Role::Unregister:
      if (Ev.Api->Rtnl == RtnlNeed::MustNot)
        waitsForItself(At, Ev.Dev, S);
      break;
    default:
      break;
    }
  }

  void todo(const Point &At, const State &S) override {
    for (const auto &[Dev, D] : S.Devs)
      if (D.At == Life::Unregistering)
        waitsForItself(At, Dev, S);
  }

  void leftFrame(const Point &At, ValId, const State &S) override {
    for (const auto &[Tracker, Ref] : S.Trackers) {
      const int *N = S.Refs.lookup(Ref);
      if ((!N || *N <= 0) && heldIn(At.Ctx, Ref, S))
        leftNoted(Tracker, Ref, S);
    }
  }

private:
  std::set<ValId> Kept;    ///< stored where others find it
  std::set<ValId> Dummies; ///< inside other memory

  bool heldIn(CtxId Ctx, ValId Ref, const State &S) const {
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Ref && N->State == ReferenceHeld && N->Ctx == Ctx)
        return true;
    return false;
  }

  /// ND-R06: the count is even again but a tracker still notes a reference: it
  /// was dropped without it, if nobody drops it later.
  void leftNoted(ValId Tracker, ValId Ref, const State &S) {
    FieldKey K = P.keyOf(Tracker);
    if (C.owners().find(
            [&](const RefSite &X) { return !X.Takes && X.Tracker == K; }))
      return;
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Ref && N->State == ReferenceDropped) {
        C.report("ND-R06", Point{N->Ctx, N->Func, N->Block, N->Inst}, S, Ref,
                 "a tracked reference is dropped without its tracker" +
                     (K ? " '" + C.text(K) + "'" : std::string()),
                 Precision::High);
        return;
      }
  }

  void put(const Point &At, const CallEvent &Ev, const State &S) {
    ValId Dev = Ev.Dev;
    const int *Count = S.Refs.lookup(Dev);
    if (!Dev || E.range(S, Dev).Signs == Range::Zero || (Count && *Count > 0))
      return;
    // Another object's reference, which its tracker notes.
    if (Ev.Api->TrackerArg >= 0 &&
        size_t(Ev.Api->TrackerArg) < Ev.Args.size() &&
        E.range(S, Ev.Args[Ev.Api->TrackerArg]).Signs != Range::Zero)
      return;
    std::string Call = "'" + Ev.Shown.str() + "'";
    Precision Trust =
        S.Given.contains(Dev) ? Precision::Medium : Precision::High;
    const uint32_t *L = S.Looked.lookup(Dev);
    switch (L ? Role(*L) : Role::None) {
    case Role::LookupHeldStructDevice:
      C.report("ND-R07", At, S, Dev,
               Call + " drops a reference that was never taken: the look-up "
                      "takes that of the struct device, which put_device() "
                      "drops",
               Trust);
      break;
    case Role::LookupHeld:
      C.report("ND-R02", At, S, Dev,
               Call + " drops the reference a second time", Trust);
      break;
    case Role::LookupRcu:
    case Role::LookupRtnl:
      C.report("ND-R02", At, S, Dev,
               Call + " drops a reference that was never taken: the device is "
                      "only borrowed",
               Trust);
      break;
    default:
      break;
    }
  }

  /// A dummy inside other memory has no counter (net/core/dev.c
  /// init_dummy_netdev); nobody waits for what is taken too late.
  void hold(const Point &At, const CallEvent &Ev, const State &S) {
    std::string Call = "'" + Ev.Shown.str() + "'";
    if (Dummies.count(Ev.Dev))
      C.report("ND-R09", At, S, Ev.Dev,
               Call + " takes a reference to a dummy device, which has no "
                      "counter of them",
               Precision::High);
    else if (Ev.Before && Ev.Before->From != Origin::Param &&
             Ev.Before->At == Life::Unreg)
      C.report("ND-R09", At, S, Ev.Dev,
               Call + " takes a reference to a device that is unregistered: "
                      "nobody waits for that any more",
               Precision::Medium);
  }

  /// netdev_wait_allrefs_any() waits for the reference this thread holds.
  void waitsForItself(const Point &At, ValId Dev, const State &S) {
    const int *N = Dev ? S.Refs.lookup(Dev) : nullptr;
    const TraceNode *Took = N && *N > 0 ? C.taken(Dev, S) : nullptr;
    // What is stored another thread may drop when it is notified.
    if (!Took || C.outermost(Took->Ctx) != C.outermost(At.Ctx) ||
        Kept.count(Dev) || S.Given.contains(Dev))
      return;
    C.report("ND-R08", At, S, Dev,
             "the device is unregistered while this thread holds a reference "
             "to it: it waits for itself",
             Precision::High);
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeReferenceMisuseRule(RuleContext &C) {
  return std::make_unique<ReferenceMisuseRule>(C);
}
