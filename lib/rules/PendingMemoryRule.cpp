//===- PendingMemoryRule.cpp - What still runs in freed memory --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-W01 for memory other than a device's: a private structure that goes while
/// work or a timer in it may be pending (catalogue B.9).
///
//===----------------------------------------------------------------------===//

#include "rules/Ending.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class PendingMemoryRule : public Rule {
public:
  explicit PendingMemoryRule(RuleContext &C) : Rule(C), End(P, U) {}

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    for (const ApiObject &O : Ev.Objects) {
      if (O.Object.In != Where::Arg || O.Object.Index >= Ev.Args.size())
        continue;
      ValId Object = Ev.Args[O.Object.Index];
      if (O.Does == Act::Arm && P.model().objectClass(O.Class).Runs)
        Armings[Object] = {At, Ev.Shown.str()};
      if (O.Does != Act::Destroy || O.Class != "memory" || S.Devs.count(Object))
        continue;
      if (!armedHere(At, Ev, Object, S))
        armedByOthers(At, Ev, O.Object.Index, Object, S);
    }
  }

private:
  struct Arming {
    Point At;
    std::string By;
  };

  /// `if (!schedule_work(w)) kfree(w)`: the call said that it did nothing.
  bool notQueued(const Arming &A, const State &S) {
    const ir::Inst *I = E.inst(A.At);
    return I && I->Temp >= 0 &&
           rangeOf(S, T, T.fresh(A.At.Ctx, I->Temp)).Signs == Range::Zero;
  }

  std::string message(FieldKey K, const CallEvent &Ev) {
    return "'" + C.text(K) + "' may still be pending when '" + Ev.Shown.str() +
           "' frees the memory it is in";
  }

  /// This path itself armed something in \p Memory. True if it was reported.
  bool armedHere(const Point &At, const CallEvent &Ev, ValId Memory,
                 const State &S) {
    bool Said = false;
    for (const auto &Each : S.Armed) {
      FieldKey K = P.keyOf(Each.first);
      if (Each.first == Memory || T.root(Each.first) != Memory || S.Later || !K)
        continue;
      if (Each.second && rangeOf(S, T, Each.second).Signs != Range::Zero)
        continue;
      if (queueEnds(K, C.entryOf(At.Ctx)))
        continue;
      auto By = Armings.find(Each.first);
      std::vector<ExtraStep> Steps;
      if (By != Armings.end()) {
        if (notQueued(By->second, S))
          continue;
        const Point &A = By->second.At;
        Steps = {{A.Func, A.Block, A.Inst,
                  "'" + By->second.By + "' arms it on this path"}};
      }
      C.report("ND-W01", At, S, 0, message(K, Ev), Precision::High, Steps);
      Said = true;
    }
    return Said;
  }

  /// What \p Entry runs ends or flushes a queue, and \p Object is put on one of
  /// the driver's own.
  bool queueEnds(FieldKey Object, FuncId Entry) {
    return End.drained(Object) && End.endsClass("workqueue", [&](FuncId F) {
      return llvm::is_contained(U.closure(Entry), F);
    });
  }

  /// What \p Memory is, as its user declares it or as members of it were
  /// initialised.
  std::set<NameId> recordsOf(const Point &At, unsigned Arg, ValId Memory,
                             const State &S) {
    std::set<NameId> Records;
    const ir::Inst *I = E.inst(At);
    if (I && Arg < I->Args.size())
      Records.insert(T.name(P.func(At.Func).pointee(I->Args[Arg])));
    for (uint32_t A : S.Ready)
      if (T.get(A).Kind == ValKind::Field && T.get(A).A == Memory)
        Records.insert(T.get(A).Rec);
    return Records;
  }

  /// What runs last frees the structure, a callback arms what is in it, and
  /// nothing that runs last cancels it.
  void armedByOthers(const Point &At, const CallEvent &Ev, unsigned Arg,
                     ValId Memory, const State &S) {
    FuncId From = C.entryOf(At.Ctx);
    // Made and undone by one call from outside: nobody else knows of it yet.
    if (!End.mayRun(From) || (!S.Later && C.madeAt(Memory)))
      return;
    std::set<NameId> Records = recordsOf(At, Arg, Memory, S);
    std::set<FieldKey> Seen;
    for (const Binding &B : P.bindings()) {
      FieldKey K = B.Object;
      const ApiClass &Class = P.model().objectClass(B.Class);
      if (!K || !Class.Runs || Class.ByCookie || B.Handler == From ||
          !U.isWithin(K.Rec, Records) || !Seen.insert(K).second)
        continue;
      if (isQuiet(K, S) || End.drained(K) || End.dropsReference(B.Handler) ||
          End.handsShaken(B.Handler) ||
          End.endOf(K, [&](FuncId F) { return End.mayRun(F); }) ||
          End.endsCarrier(B.Class, [](FuncId) { return true; }))
        continue;
      Witness W = End.armedWhileAlive(K);
      if (!W.From)
        continue;
      // No device's name matters here.
      State Sure = S;
      Sure.Certain = true;
      C.report("ND-W01", At, Sure, 0, message(K, Ev) + "; nothing cancels it",
               Precision::High, C.steps(W, "arms it"));
    }
  }

  bool isQuiet(FieldKey K, const State &S) {
    for (const auto &Q : S.Quiet)
      if (P.keyOf(Q.first) == K)
        return true;
    return false;
  }

  Ending End;
  std::map<ValId, Arming> Armings;
};
} // namespace

std::unique_ptr<Rule> netdev::makePendingMemoryRule(RuleContext &C) {
  return std::make_unique<PendingMemoryRule>(C);
}
