//===- ReferenceRule.cpp - References taken and dropped on a path ---------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R01: what one path takes it drops
/// (net/core/dev.c dev_get_by_*; include/linux/netdevice.h netdev_hold).
///
/// A reference that is stored, returned or given to code that is not at hand
/// may belong to somebody else from then on.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/Keepers.h"

using namespace netdev;

namespace {
class ReferenceRule : public Rule {
public:
  explicit ReferenceRule(RuleContext &C) : Rule(C), K(C) {}

  void store(const Point &, ValId Addr, ValId Value, const State &S) override {
    if (!T.isLocalMemory(Addr) &&
        (S.Refs.lookup(Value) || S.Looked.lookup(Value)))
      K.stored(Addr, Value);
  }

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    Role Does = Ev.Api ? Ev.Api->Does : Role::None;
    if (Does == Role::RcuLock)
      OpensRcu.insert(At.Ctx);
    else if (Does == Role::Hold && S.Rcu > 0 && OpensRcu.count(At.Ctx))
      HeldInRcu.insert({Ev.Dev, At.Ctx});
    else if (const int *N = S.Refs.lookup(Ev.Dev); Does == Role::Put && N)
      // Where paths meet the step may be lost.
      for (CtxId Ctx = *N == 1 ? At.Ctx : 0; Ctx; Ctx = T.site(Ctx).Parent)
        Dropped.insert({Ev.Dev, T.site(Ctx).Func});
  }

  void leftFrame(const Point &At, ValId Ret, const State &S) override {
    bool Fails = K.fails(At.Func, Ret, S);
    for (const auto &Ref : S.Refs)
      if (Ref.second > 0) {
        if (takenBy(At.Ctx, Ref.first, S)) {
          Left.push_back({At, Ret, Ref.first, S});
          if (Ret && T.contains(Ref.first, Ret) && !isMade(Ret))
            HandedUp[Ref.first] = Ret;
        } else if (handedTo(At.Ctx, Ref.first, S) &&
                   !T.contains(Ret, Ref.first))
          LostAt.insert({Ref.first, At});
      }
    // Paths that took it and dropped it again are what the others should do.
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->State == ReferenceDropped && isWithin(N->Ctx, At.Ctx) &&
          !S.Refs.lookup(N->Object)) {
        (Fails ? DroppedWhenFailing : Dropped).insert({N->Object, At.Func});
        if (NameId By = Fails ? C.owners().releasedOwner(N->Object, S) : 0;
            By && releasedIn(At.Ctx, By, S))
          DroppedAndReleased.insert({N->Object, At.Func, By});
      }
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    for (const auto &Ref : S.Refs)
      if (Ref.second > 0 && !takenBy(At.Ctx, Ref.first, S))
        Passed.push_back({At, Ret, Ref.first, S});
  }

  /// Only now is known which paths drop what.
  void finish() override {
    for (const Outstanding &O : Left)
      if (!K.fails(O.At.Func, O.Ret, O.S) &&
          (K.storedIn(O.S, O.Ref, O.At.Ctx) || K.mayBeStored(O.Ref, O)))
        KeptOnSuccess.insert({O.Ref, O.At.Func});
    for (const Outstanding &O : Left)
      leaked(O);
    for (const Outstanding &O : Passed)
      if (!Reported.count(O.Ref))
        passedOn(O);
  }

private:
  Keepers K;
  std::vector<Outstanding> Left, Passed;
  std::set<std::pair<ValId, FuncId>> Dropped, DroppedWhenFailing;
  /// (reference, function, who released its owner after that)
  std::set<std::tuple<ValId, FuncId, NameId>> DroppedAndReleased;
  /// What a path that succeeds stores for others to drop.
  std::set<std::pair<ValId, FuncId>> KeptOnSuccess;
  std::set<ValId> Reported;
  /// Taken by a function that returns the device, or what leads to it.
  std::map<ValId, ValId> HandedUp;
  /// Functions that open an RCU section, and what they took in it.
  std::set<CtxId> OpensRcu;
  std::set<std::pair<ValId, CtxId>> HeldInRcu;
  /// Where a function returned that was handed a reference and kept it.
  std::map<ValId, Point> LostAt;

  /// \p Ctx is \p Outer, or was called by way of it.
  bool isWithin(CtxId Ctx, CtxId Outer) const {
    while (Ctx && Ctx != Outer)
      Ctx = T.site(Ctx).Parent;
    return Ctx == Outer;
  }

  bool takenBy(CtxId Ctx, ValId Ref, const State &S) const {
    const TraceNode *N = C.taken(Ref, S);
    return N && N->Ctx == Ctx;
  }

  /// A function that \p Ctx called took \p Ref.
  bool handedTo(CtxId Ctx, ValId Ref, const State &S) const {
    const TraceNode *N = C.taken(Ref, S);
    for (CtxId X = N ? N->Ctx : 0; X && X != Ctx; X = T.site(X).Parent)
      if (T.site(X).Parent == Ctx)
        return true;
    return false;
  }

  /// \p V is memory that was got on this path: what it keeps stays in it.
  bool isMade(ValId V) const {
    std::optional<Point> By = C.madeAt(V);
    return By && U.allocates(*P.func(By->Func).U, *E.inst(*By));
  }

  /// The device that \p Ref is a reference of.
  ValId deviceOf(ValId Ref, bool &StructDevice) const {
    const Val &V = T.get(Ref);
    StructDevice =
        V.Kind == ValKind::Field && T.text(V.Name) == StructDeviceMember;
    return StructDevice ? V.A : Ref;
  }

  Role lookedUp(ValId Dev, const State &S) const {
    const uint32_t *L = S.Looked.lookup(Dev);
    return L ? Role(*L) : Role::None;
  }

  /// \p Ctx itself called the release function \p By.
  bool releasedIn(CtxId Ctx, NameId By, const State &S) const {
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Ctx == Ctx && T.get(N->Object).Kind == ValKind::Binary &&
          T.get(N->Object).Name == By)
        return true;
    return false;
  }

  /// A device that has no name here was put: it may have been the one.
  bool dropsUnknown(const State &S) const {
    for (const auto &Ref : S.Refs)
      if (Ref.second < 0 && T.get(Ref.first).Kind != ValKind::Field &&
          !S.Looked.lookup(Ref.first))
        return true;
    return false;
  }

  /// The function that took a reference returns with it.
  void leaked(const Outstanding &O) {
    const State &S = O.S;
    bool StructDevice = false;
    ValId Dev = deviceOf(O.Ref, StructDevice);
    // dev_hold(NULL) takes nothing.
    bool Fails = K.fails(O.At.Func, O.Ret, S);
    bool Sibling = Dropped.count({O.Ref, O.At.Func}) != 0;
    bool SiblingFails = DroppedWhenFailing.count({O.Ref, O.At.Func}) != 0;
    // A sibling that drops it and releases the owner shows that this does not.
    NameId Released = C.owners().releasedOwner(O.Ref, S);
    if (E.range(S, Dev).Signs == Range::Zero || dropsUnknown(S) ||
        (Released &&
         !(Fails && DroppedAndReleased.count({O.Ref, O.At.Func, Released}))))
      return;
    bool Given = S.Given.contains(Dev);
    bool Escapes = !Released && K.escapes(Dev, O);
    // Found by a caller, and held here as well.
    bool Found = T.get(Dev).Kind == ValKind::Fresh && T.get(Dev).A != O.At.Ctx;
    Role From = Found ? Role::None : lookedUp(Dev, S);
    Precision Trust = Precision::Low;
    if (StructDevice && converted(Dev, S))
      Trust = Precision::High;
    else if (From == Role::LookupHeld || From == Role::LookupHeldStructDevice) {
      // A tracker alone, which some failing path drops with, leads nobody to
      // it.
      if (Escapes &&
          !(Fails && SiblingFails && !K.escapes(Dev, O, /*InMemory=*/true)))
        return;
      if (!Given || (Fails && (Sibling || SiblingFails)))
        Trust = Precision::High;
    } else {
      // A caller does not know what this function has found itself.
      bool Own = (From == Role::LookupRcu || From == Role::LookupRtnl) &&
                 !Escapes && !Given;
      bool Forgotten = KeptOnSuccess.count({O.Ref, O.At.Func}) &&
                       !K.storedIn(S, O.Ref, O.At.Ctx) &&
                       !K.escapes(Dev, O, /*InMemory=*/true);
      // Nothing that outlives the function knows of the reference.
      if (!Escapes && outlivesRcu(O))
        return report(O, StructDevice, Precision::High);
      if (!Escapes && !Given &&
          (isNotedHere(O) || bridgesGap(O) ||
           (Sibling && isVoid(O.At.Func) && !arms(O.At.Func) &&
            !isLedTo(O.Ref, S))))
        return report(O, StructDevice, Precision::High);
      if (!Fails || (!Forgotten && !K.goesWithTracker(O.Ref, S) &&
                     !K.goesWithOwner(O.Ref, S) && !Own && !SiblingFails &&
                     (!Sibling || Escapes)))
        return;
      Trust = Precision::High;
    }
    report(O, StructDevice, Trust);
  }

  /// What \p Ref was read from is stored, and leads to it.
  bool isLedTo(ValId Ref, const State &S) const {
    const Val &V = T.get(Ref);
    return V.Kind == ValKind::Init &&
           llvm::any_of(S.Store, [&](const auto &KV) {
             return !T.isLocalMemory(KV.first) &&
                    T.root(KV.second) == T.root(V.A);
           });
  }

  bool isVoid(FuncId F) const {
    return P.func(F).U->text(P.func(F).F->ReturnType) == "void";
  }

  /// \p F starts something that may drop what \p F took: work, a timer.
  bool arms(FuncId F) const {
    return llvm::any_of(U.usesIn(F), [](const Use &Each) {
      return Each.Kind == UseKind::Object && Each.Row->Does == Act::Arm;
    });
  }

  /// The tracker is a variable of this call, and goes with it.
  bool isNotedHere(const Outstanding &O) const {
    return llvm::any_of(O.S.Trackers, [&](const auto &Note) {
      const Val &V = T.get(Note.first);
      return Note.second == O.Ref && V.Kind == ValKind::Local &&
             V.A == O.At.Ctx;
    });
  }

  /// The function gave the RTNL back after it took \p O and has it again: the
  /// reference was for the time between.
  bool bridgesGap(const Outstanding &O) const {
    bool Locked = false, Gap = false;
    for (const TraceNode *N = O.S.Steps.get(); N; N = N->Prev.get()) {
      if (N->Ctx != O.At.Ctx)
        continue;
      if (N->Object == O.Ref && N->State == ReferenceHeld)
        return Gap;
      Gap |= Locked && N->Taken < 0;
      Locked |= N->Taken > 0;
    }
    return false;
  }

  /// The function took it in an RCU section of its own, to go on with it after
  /// that. A pointer it returns may lead to it.
  bool outlivesRcu(const Outstanding &O) const {
    const FuncInfo &F = P.func(O.At.Func);
    return O.S.Rcu == 0 && HeldInRcu.count({O.Ref, O.At.Ctx}) &&
           !F.U->text(F.F->ReturnType).ends_with("*");
  }

  void report(const Outstanding &O, bool StructDevice, Precision Trust) {
    Reported.insert(O.Ref);
    std::vector<ExtraStep> Steps;
    if (auto Lost = LostAt.find(O.Ref); Lost != LostAt.end())
      Steps.push_back({Lost->second.Func, Lost->second.Block, Lost->second.Inst,
                       "'" + C.name(Lost->second.Func) + "' returns with it"});
    C.report("ND-R01", O.At, O.S, O.Ref,
             std::string("the reference to the ") +
                 (StructDevice ? "struct device of a device" : "device") +
                 " taken in '" + C.name(C.taken(O.Ref, O.S)->Func) +
                 "' is not dropped on this path",
             Trust, std::move(Steps));
  }

  /// The function of \p O gives what it got from the call in which \p Took was
  /// taken to code that is not at hand.
  bool showsResult(const Outstanding &O, const TraceNode &Took) const {
    Point Call = C.caller(Took.Ctx);
    if (Call.Ctx != O.At.Ctx)
      return true;
    const FuncInfo &I = P.func(O.At.Func);
    int64_t Temp = E.inst(Call)->Temp;
    auto Is = [&](ir::ExprId Arg) {
      return ir::mentions(*I.U, P.throughLocal(O.At.Func, Arg), Temp);
    };
    return llvm::any_of(I.F->Blocks, [&](const ir::Block &B) {
      return llvm::any_of(B.Insts, [&](const ir::Inst &In) {
        return In.Kind == ir::InstKind::Call &&
               (!In.Callee || P.isElsewhere(I.U->text(In.Callee))) &&
               llvm::any_of(In.Args, Is);
      });
    });
  }

  /// A function that was called took it, and handed it on.
  void passedOn(const Outstanding &O) {
    bool StructDevice = false;
    ValId Dev = deviceOf(O.Ref, StructDevice);
    Role From = lookedUp(Dev, O.S);
    const TraceNode *Took = C.taken(O.Ref, O.S);
    if (!Took || C.outermost(Took->Ctx) != O.At.Ctx ||
        E.range(O.S, Dev).Signs == Range::Zero || dropsUnknown(O.S) ||
        K.escapes(Dev, O))
      return;
    auto Handed = HandedUp.find(O.Ref);
    if (Handed != HandedUp.end() && Handed->second != O.Ref &&
        (K.escapes(Handed->second, O) || showsResult(O, *Took)))
      return;
    // Who was given it may have dropped it, unless this function does so where
    // it ends otherwise.
    bool Fails = K.fails(O.At.Func, O.Ret, O.S);
    if (O.S.Given.contains(Dev) &&
        !(Fails && (Dropped.count({O.Ref, O.At.Func}) ||
                    DroppedWhenFailing.count({O.Ref, O.At.Func}))))
      return;
    if (From == Role::LookupHeld || From == Role::LookupHeldStructDevice ||
        Handed != HandedUp.end() || (Fails && K.goesWithTracker(O.Ref, O.S)))
      report(O, StructDevice, Precision::High);
  }

  /// The path holds the device itself as well, so that of the struct device has
  /// done its part; and nothing in the module ever drops that.
  bool converted(ValId Dev, const State &S) const {
    const int *N = S.Refs.lookup(Dev);
    if (!N || *N <= 0)
      return false;
    return !C.owners().dropStructDevices();
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeReferenceRule(RuleContext &C) {
  return std::make_unique<ReferenceRule>(C);
}
