//===- PendingRule.cpp - What may still run when the device is freed -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-W01, W02: work, timers and tasklets in a device's private area must be
/// cancelled for good before the memory goes (catalogue B.9).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class PendingRule : public Rule {
public:
  using Rule::Rule;

  void freed(const Point &At, ValId Dev, const State &S) override {
    auto It = S.Devs.find(Dev);
    if (It == S.Devs.end())
      return;
    // What this path has seen the private area as; nothing if it never looked.
    std::set<NameId> SeenAs;
    ValId Area = T.field(Dev, T.name(PrivateArea), T.name(DeviceRecord));
    auto Look = [&](ValId A) {
      for (; A; A = T.get(A).A) {
        const Val &V = T.get(A);
        if (V.Kind != ValKind::Field && V.Kind != ValKind::Elem)
          break;
        if (V.Kind == ValKind::Field && V.A == Area)
          SeenAs.insert(V.Rec);
      }
    };
    for (const auto &KV : S.Store)
      Look(KV.first);
    for (uint32_t A : S.Ready)
      Look(A);
    std::set<FieldKey> Seen;
    for (const Binding &B : P.bindings())
      if (B.Object && follows(B.Class) && Seen.insert(B.Object).second &&
          (SeenAs.empty() ? U.isPrivate(B.Object.Rec)
                          : U.isWithin(B.Object.Rec, SeenAs)))
        check(At, Dev, It->second, B, S);
  }

private:
  static bool follows(llvm::StringRef Class) {
    return Class == "work" || Class == "delayed-work" || Class == "timer" ||
           Class == "hrtimer" || Class == "tasklet";
  }

  static bool ends(const Use &Each) {
    if (Each.Kind != UseKind::Object)
      return false;
    switch (Each.Row->Does) {
    case Act::CancelSync:
    case Act::DisableSync:
    case Act::FlushSync:
    case Act::CancelNosync:
      return true;
    default:
      return false;
    }
  }

  /// Where the object is armed, and from which callback that can happen.
  Witness armedBy(FieldKey K) {
    Witness Best;
    for (const Use &Each : U.usesOf(K)) {
      if (Each.Kind != UseKind::Object || Each.Row->Does != Act::Arm)
        continue;
      for (const Caller &Who : U.callers()) {
        // Its own handler arms it only after someone else did.
        if (Who.Handler && Who.Handler->Object == K)
          continue;
        if (!callback(Who))
          continue;
        std::vector<FuncId> Chain = U.chain(Who.Func, Each.In);
        if (!Chain.empty() && (!Best.From || Chain.size() < Best.Chain.size()))
          Best = Witness{&Who, Chain, &Each};
      }
    }
    return Best;
  }

  /// \p Who runs by itself between registration and unregistration.
  bool callback(const Caller &Who) const {
    if (Who.Handler)
      return true;
    if (!Who.Table || !Who.Table->Row)
      return false;
    llvm::StringRef Struct = T.text(Who.Table->Struct);
    return Struct == "net_device_ops" || Struct == "ethtool_ops";
  }

  /// Every queue or set the object could be on is drained somewhere.
  bool drained(FieldKey K) const {
    bool OwnQueue = false;
    for (const Use &Each : U.usesOf(K))
      if (Each.Kind == UseKind::Object && Each.Row->Does == Act::Arm)
        OwnQueue |= armsOnQueue(Each);
    if (!OwnQueue)
      return false;
    for (FuncId F = 0; F < P.functions().size(); ++F)
      for (const Use &Each : U.usesIn(F))
        if (Each.Kind == UseKind::Object && Each.Row->Class == "workqueue" &&
            (Each.Row->Does == Act::FlushSync ||
             Each.Row->Does == Act::Destroy))
          return true;
    return false;
  }

  /// queue_work(wq, work): the queue is an argument of its own.
  bool armsOnQueue(const Use &Each) const {
    for (const ApiObject &O : P.model().objects(Each.Row->Name))
      if (O.Class == "workqueue")
        return true;
    return false;
  }

  /// The handler keeps the device alive for itself: it drops a reference.
  bool holdsReference(const Binding &B) const {
    for (FuncId F : U.closure(B.Handler)) {
      const FuncInfo &I = P.func(F);
      for (const ir::Block &Block : I.F->Blocks)
        for (const ir::Inst &In : Block.Insts)
          if (In.Kind == ir::InstKind::Call && In.Callee)
            if (const ApiFunction *A = P.model().function(I.U->text(In.Callee)))
              if (A->Does == Role::Put)
                return true;
    }
    return false;
  }

  void check(const Point &At, ValId Dev, const DevState &D, const Binding &B,
             const State &S) {
    FieldKey K = B.Object;
    for (uint32_t A : S.Quiet)
      if (P.keyOf(A) == K)
        return;
    bool ArmedHere = false;
    for (uint32_t A : S.Armed)
      ArmedHere |= P.keyOf(A) == K;
    if (!D.WasRegistered && !ArmedHere)
      return;
    // Ended anywhere: where exactly is a question of order, not answered here.
    for (const Use &Each : U.usesOf(K))
      if (ends(Each))
        return;
    if (drained(K) || holdsReference(B))
      return;
    Witness W = armedBy(K);
    if (!W.From && !ArmedHere)
      return;
    // One finding for each object, where its life ends for good: what runs
    // last (remove after probe) wins.
    Last.erase(K);
    Last.emplace(K, Candidate{At, Dev, S, B.Class, std::move(W)});
  }

public:
  void finish() override {
    for (auto &[K, L] : Last)
      tell(K, L);
  }

private:
  struct Candidate {
    Point At;
    ValId Dev;
    State S;
    std::string Class;
    Witness W;
  };

  void tell(FieldKey K, const Candidate &L) {
    std::string Message = "'" + C.text(K) + "' (" + L.Class +
                          ") may still be pending when the device is freed; "
                          "nothing cancels it";
    C.report("ND-W01", L.At, L.S, L.Dev, Message, Precision::High,
             L.W.From ? C.steps(L.W, "arms it") : std::vector<ExtraStep>());
  }

  std::map<FieldKey, Candidate> Last;
};
} // namespace

std::unique_ptr<Rule> netdev::makePendingRule(RuleContext &C) {
  return std::make_unique<PendingRule>(C);
}
