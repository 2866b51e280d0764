//===- RuleContext.h - What rules share -------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// From an engine point to a finding: places, steps, names, and the list that
/// findings go to.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_RULECONTEXT_H
#define NETDEV_LINT_RULES_RULECONTEXT_H

#include "engine/Engine.h"
#include "engine/Usage.h"
#include "rules/Finding.h"
#include "rules/Ownership.h"
#include <map>
#include <optional>

namespace netdev {

/// A further step of a finding that is not on the path: the witness.
struct ExtraStep {
  FuncId Func = NoFunc;
  uint32_t Block = 0, Inst = 0;
  std::string Message;
};

class RuleContext {
public:
  RuleContext(Engine &E, Usage &U) : E(E), U(U) {}

  Engine &E;
  Usage &U;

  /// Who takes and drops references, anywhere in the module.
  const Ownership &owners();

  /// Adds a finding of \p Rule at \p P. Steps: those of \p S about \p Object
  /// (0: of the path), then \p Extra. The same finding (check, message, place)
  /// reached on several paths is kept once, at its highest precision.
  void report(llvm::StringRef Rule, const Point &P, const State &S,
              ValId Object, std::string Message, Precision Trust,
              std::vector<ExtraStep> Extra = {});

  Position position(FuncId F, uint32_t Block, uint32_t Inst) const;
  std::string name(FuncId F) const { return E.program().func(F).Name; }
  /// `'ndo_open' reaches it through 'a' and 'b'`: the steps of a chain.
  std::vector<ExtraStep> steps(const Witness &W, llvm::StringRef Does);
  /// The step that \p Cancel only takes something off its queue.
  std::vector<ExtraStep> dequeued(const Use &Cancel);
  /// As report(), for a rule about the RTNL. Steps: how \p From is entered,
  /// then each call on the way to \p P and each taking and dropping in between.
  void reportLock(llvm::StringRef Rule, const Point &P, const State &S,
                  const Entry &From, std::string Message, Precision Trust,
                  std::vector<ExtraStep> Extra = {});
  /// The steps of \p S, oldest first, that take, try to take or drop the RTNL
  /// since the running entry, that of \p P, began.
  std::vector<const TraceNode *> lockSteps(const Point &P,
                                           const State &S) const;
  /// The step of \p S that left \p Dev in the state it is in; null if it is not
  /// told.
  const TraceNode *lastStep(const State &S, ValId Dev) const;
  /// The call that \p Ctx, which is no entry, is the body of.
  Point caller(CtxId Ctx) const;
  /// The place in \p P's entry from which \p P is reached.
  Point outermost(const Point &P) const;
  /// The entry's context that \p Ctx belongs to.
  CtxId outermost(CtxId Ctx) const;
  /// Where \p S took the reference \p Ref that it has not dropped yet.
  const TraceNode *taken(ValId Ref, const State &S) const;
  /// The function of the entry that \p Ctx belongs to.
  FuncId entryOf(CtxId Ctx) const;
  /// Nothing runs after \p En failed: a probe (drivers/base/dd.c
  /// really_probe()) or the module's init. What it registered stays for good.
  bool begins(const Entry &En) const;
  /// \p Addr lies in the area that a net has for this module: the core frees it
  /// when \p En, which makes it ready, fails, and calls no exit
  /// (net/core/net_namespace.c ops_init(), setup_net()).
  bool inArea(const Entry &En, ValId Addr) const;
  /// How a caller is called in messages: 'ndo_open', or 'the work's handler f'.
  std::string describe(const Caller &C) const;
  /// `priv->field`, for messages.
  std::string text(FieldKey K) const;
  /// Records that the private area of \p Dev was seen as on \p S's path; none
  /// if it was not looked at.
  std::set<NameId> seenAs(ValId Dev, const State &S) const;
  /// The nearest call on \p S's path that registered \p Dev, as written.
  std::string registerCall(const State &S, ValId Dev) const;

  /// What \p At returns is what a step gave, which was not looked at: where
  /// that is an error, it is returned from here as well.
  bool isOutcome(const Point &At, ValId Ret, const State &S) const;

  /// The call whose result \p V is; nothing if it is no result of a call.
  std::optional<Point> madeAt(ValId V) const;

  /// Gives each finding at high, with the point it was reported at, to \p Make
  /// and adds the fix that comes back.
  void offerFixes(
      llvm::function_ref<std::optional<Fix>(const Finding &, const Point &)>
          Make);

  std::vector<Finding> take();

private:
  struct Kept {
    Finding F;
    Point At;
  };

  bool doesItself(Role R) const;
  void keep(llvm::StringRef Rule, const Point &P, std::string Message,
            Precision Trust, const std::vector<Step> &Steps);
  Step step(FuncId F, uint32_t Block, uint32_t Inst, std::string Message,
            std::string State = "") const;

  std::map<std::string, Kept> Found;
  std::unique_ptr<Ownership> Owners;
};

/// The base of every rule: an observer with the context at hand.
class Rule : public Observer {
public:
  explicit Rule(RuleContext &C)
      : C(C), E(C.E), P(C.E.program()), T(C.E.values()), U(C.U) {}

  /// All entries have run: what only the whole can tell is reported now.
  virtual void finish() {}

protected:
  RuleContext &C;
  Engine &E;
  Program &P;
  ValueTable &T;
  Usage &U;
};

std::unique_ptr<Rule> makeFreeRule(RuleContext &C);
std::unique_ptr<Rule> makeBesideUnregisterRule(RuleContext &C);
std::unique_ptr<Rule> makeRegisterRule(RuleContext &C);
std::unique_ptr<Rule> makeDestructorRule(RuleContext &C);
std::unique_ptr<Rule> makeAllocationRule(RuleContext &C);
std::unique_ptr<Rule> makeLinkOpsRule(RuleContext &C);
std::unique_ptr<Rule> makeNdoInitRule(RuleContext &C);
std::unique_ptr<Rule> makeOwnedRule(RuleContext &C);
std::unique_ptr<Rule> makeLeakRule(RuleContext &C);
std::unique_ptr<Rule> makeGivenRule(RuleContext &C);
std::unique_ptr<Rule> makeRoundsRule(RuleContext &C);
std::unique_ptr<Rule> makeLateFlagRule(RuleContext &C);
std::unique_ptr<Rule> makeInitOrderRule(RuleContext &C);
std::unique_ptr<Rule> makeNeverInitRule(RuleContext &C);
std::unique_ptr<Rule> makePendingRule(RuleContext &C);
std::unique_ptr<Rule> makePendingMemoryRule(RuleContext &C);
std::unique_ptr<Rule> makeRearmRule(RuleContext &C);
std::unique_ptr<Rule> makeNeverEndedRule(RuleContext &C);
std::unique_ptr<Rule> makeNotifierRule(RuleContext &C);
std::unique_ptr<Rule> makeUnregisterEventRule(RuleContext &C);
std::unique_ptr<Rule> makePairingRule(RuleContext &C);
std::unique_ptr<Rule> makeLeftRegisteredRule(RuleContext &C);
std::unique_ptr<Rule> makePopulationRule(RuleContext &C);
std::unique_ptr<Rule> makeSweepRule(RuleContext &C);
std::unique_ptr<Rule> makeFreeSweepRule(RuleContext &C);
std::unique_ptr<Rule> makeFailedSlotRule(RuleContext &C);
std::unique_ptr<Rule> makeReferenceRule(RuleContext &C);
std::unique_ptr<Rule> makeReferenceMisuseRule(RuleContext &C);
std::unique_ptr<Rule> makeKeptRule(RuleContext &C);
std::unique_ptr<Rule> makeEntryEndRule(RuleContext &C);
std::unique_ptr<Rule> makeOwnershipRule(RuleContext &C);
std::unique_ptr<Rule> makeProtectionRule(RuleContext &C);
std::unique_ptr<Rule> makeOwnerSitesRule(RuleContext &C);
std::unique_ptr<Rule> makeRtnlRule(RuleContext &C);
std::unique_ptr<Rule> makeBalanceRule(RuleContext &C);
std::unique_ptr<Rule> makeWaitRule(RuleContext &C);
std::unique_ptr<Rule> makeLockOrderRule(RuleContext &C);
std::unique_ptr<Rule> makeDeviceLockRule(RuleContext &C);
std::unique_ptr<Rule> makeAtomicRule(RuleContext &C);
std::unique_ptr<Rule> makeTeardownRule(RuleContext &C);
/// Its finish() comes after that of all rules.
std::unique_ptr<Rule> makeFixRule(RuleContext &C);

} // namespace netdev

#endif // NETDEV_LINT_RULES_RULECONTEXT_H
