//===- Solve.cpp - Facts to findings ----------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Solve.h"
#include "engine/KernelFacts.h"
#include "engine/Lives.h"
#include "model/Model.h"
#include "rules/Registry.h"
#include "rules/RuleContext.h"

using namespace netdev;

/// The first of \p Names are too large \p ForWhat.
static std::string sentence(llvm::ArrayRef<std::string> Names,
                            llvm::StringRef ForWhat) {
  std::string Text = std::to_string(Names.size()) +
                     (Names.size() == 1 ? " function" : " functions") +
                     " too large " + ForWhat.str() + ": ";
  size_t Shown = std::min<size_t>(Names.size(), 3);
  for (size_t I = 0; I != Shown; ++I)
    Text += (I ? ", '" : "'") + Names[I] + "'";
  if (Names.size() > Shown)
    Text += " and " + std::to_string(Names.size() - Shown) + " more";
  return Text;
}

std::vector<std::string> netdev::tooLarge(const SolveStats &S) {
  std::vector<std::string> Out;
  if (!S.GivenUp.empty())
    Out.push_back(sentence(S.GivenUp, "to be followed to the end"));
  if (!S.Coarse.empty())
    Out.push_back(sentence(S.Coarse, "to tell all paths apart"));
  return Out;
}

std::vector<Finding> netdev::solve(llvm::ArrayRef<const ir::Unit *> Units,
                                   const Model &M, const SolveOptions &Opts,
                                   SolveStats *Stats) {
  // The core that the model speaks for is not its own user.
  for (const ir::Unit *U : Units)
    for (const ir::Function &F : U->Functions)
      if (const ApiFunction *A =
              F.Static ? nullptr : M.function(U->text(F.Name)))
        if (A->Does != Role::AssertsRtnl && A->Does != Role::TakesRtnl &&
            llvm::StringRef(A->Source).starts_with("net/core/") &&
            U->text(F.Where.File)
                .ends_with(llvm::StringRef(A->Source).split(':').first))
          return {};
  std::vector<const ir::Unit *> Linked(Units.begin(), Units.end());
  std::optional<ir::Unit> Foreign;
  if (Opts.KernelFacts)
    if ((Foreign = neededOf(*Opts.KernelFacts, Units)))
      Linked.push_back(&*Foreign);
  ValueTable T;
  Program P(Linked, M, T, Foreign ? 1 : 0);
  Usage U(P);
  Engine E(P);
  RuleContext C(E, U);
  std::unique_ptr<Rule> Rules[] = {
      makeFreeRule(C),       makeBesideUnregisterRule(C),
      makeRegisterRule(C),   makeLeakRule(C),
      makeGivenRule(C),      makeRoundsRule(C),
      makeLateFlagRule(C),   makeInitOrderRule(C),
      makePendingRule(C),    makePendingMemoryRule(C),
      makeNotifierRule(C),   makeUnregisterEventRule(C),
      makePairingRule(C),    makeRtnlRule(C),
      makeTeardownRule(C),   makeDestructorRule(C),
      makeAllocationRule(C), makeLinkOpsRule(C),
      makeNdoInitRule(C),    makeOwnedRule(C),
      makeNeverInitRule(C),  makeBalanceRule(C),
      makeWaitRule(C),       makeLockOrderRule(C),
      makeDeviceLockRule(C), makeAtomicRule(C),
      makeReferenceRule(C),  makeOwnershipRule(C),
      makeProtectionRule(C), makeOwnerSitesRule(C),
      makeFixRule(C),        makeLeftRegisteredRule(C),
      makePopulationRule(C), makeKeptRule(C),
      makeEntryEndRule(C),   makeReferenceMisuseRule(C),
      makeSweepRule(C),      makeFreeSweepRule(C),
      makeFailedSlotRule(C), makeRearmRule(C),
      makeNeverEndedRule(C),
  };
  for (std::unique_ptr<Rule> &R : Rules)
    E.add(*R);
  runLives(E);
  for (std::unique_ptr<Rule> &R : Rules)
    R->finish();
  if (Stats) {
    Stats->Functions += P.functions().size();
    Stats->Executions += E.stats().Executions;
    Stats->States += E.stats().States;
    for (FuncId F : E.stats().GivenUp)
      Stats->GivenUp.push_back(P.func(F).Name);
    for (FuncId F : E.stats().Coarse)
      Stats->Coarse.push_back(P.func(F).Name);
  }
  std::vector<Finding> Out = C.take();
  if (!Opts.Pedantic)
    Out.erase(std::remove_if(Out.begin(), Out.end(),
                             [](const Finding &F) {
                               const RuleInfo *R = findRule(F.Rule);
                               return R && R->Level == Grade::Pedantic;
                             }),
              Out.end());
  return Out;
}
