//===- netdev-lint-commands.cpp - lower, solve, merge, explain ------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/NoLint.h"
#include "ir/Serialize.h"
#include "netdev-lint-setup.h"
#include "project/ModelCheck.h"
#include "report/Pages.h"
#include "report/WriteFile.h"
#include "rules/Registry.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace netdev {

int lowerFile() {
  if (Files.size() != 1)
    return usageError("lower: name one file");
  Expected<CompileDatabase> DB = database();
  if (!DB)
    return usageError(toString(DB.takeError()));
  auto C = DB->lookup(Files.front());
  if (!C)
    return usageError(toString(C.takeError()));
  if (!*C)
    return usageError(Twine(Files.front()) +
                      ": not in the compile database of " + DB->directory());
  Earlier Before;
  AnalysisOptions Opts;
  Opts.Cache = Before.Facts.get();
  Opts.Prefix = Before.Prefix.get();
  Inputs Read;
  auto U = unitFacts(**C, sourceRoot((*C)->File, DB->directory()), Opts,
                     DepFile.empty() ? nullptr : &Read);
  if (!U) {
    errs() << Files.front() << ": error: " << toString(U.takeError()) << "\n";
    return 2;
  }
  if (!DepFile.empty())
    if (Error Wrong = writeFile(DepFile, Read.makeRule(FactsFile)))
      return usageError(toString(std::move(Wrong)));
  if (Error Wrong = writeFile(FactsFile, ir::store(*U)))
    return usageError(toString(std::move(Wrong)));
  return 0;
}

int solveFacts() {
  Setup S;
  if (Error Wrong = S.init())
    return usageError(toString(std::move(Wrong)));
  if (Files.empty())
    return usageError("solve: name files with facts");
  std::vector<ir::Unit> Units;
  for (const std::string &F : Files) {
    auto Text = MemoryBuffer::getFile(F);
    if (!Text)
      return usageError(Twine(F) + ": " + Text.getError().message());
    auto U = ir::load((*Text)->getBuffer());
    if (!U)
      return usageError(Twine(F) + ": " + toString(U.takeError()));
    Units.push_back(std::move(*U));
  }
  // Any order of the files is the same module.
  llvm::sort(Units, [](const ir::Unit &A, const ir::Unit &B) {
    return A.File < B.File;
  });
  std::vector<const ir::Unit *> Linked;
  for (const ir::Unit &U : Units)
    Linked.push_back(&U);
  std::string Root = absolutePath(".");
  Run R = newRun(Root);
  UnitResult Result = solveUnits(Linked, Root, S.Analysis);
  Totals Sum;
  Sum.add(Result);
  Setup::take(R, std::move(Result));
  R.Units.clear();
  for (const ir::Unit &U : Units)
    R.Units.push_back({U.File, UnitStatus::Analysed, ""});
  if (ShowStats)
    Sum.print(R);
  return output(std::move(R), S.Output);
}

int mergeRuns() {
  Setup S;
  if (Error Wrong = S.init())
    return usageError(toString(std::move(Wrong)));
  std::vector<Run> Parts;
  for (const std::string &F : Files) {
    auto Text = MemoryBuffer::getFile(F);
    if (!Text)
      return usageError(Twine(F) + ": " + Text.getError().message());
    auto R = parseRun((*Text)->getBuffer(), F);
    if (!R)
      return usageError(toString(R.takeError()));
    Parts.push_back(std::move(*R));
  }
  auto Whole = merge(Parts);
  if (!Whole)
    return usageError("merge: " + toString(Whole.takeError()));
  Whole->SourceRoot = absolutePath(".");
  Whole->Source = readSourcesBelow(Whole->SourceRoot);
  return output(std::move(*Whole), S.Output);
}

int explain() {
  if (Files.size() != 1)
    return usageError("explain: name one check or rule");
  StringRef Name = Files.front();
  if (const RuleInfo *R = findRule(Name)) {
    outs() << R->Id << ": " << R->Sentence << "\n\n";
    Name = R->Check;
  }
  const CheckInfo *C = findCheck(Name);
  if (!C)
    C = findCheck(("netdev-" + Name).str());
  if (!C)
    return usageError("explain: there is no check or rule '" + Name +
                      "'; --list-checks names them");
  StringRef Text = page(C->Name);
  outs() << (Text.empty() ? C->Sentence : Text)
         << (Text.ends_with("\n") ? "" : "\n");
  return 0;
}

int listChecks() {
  auto Wants = parseCheckGlobs(ChecksOption);
  if (!Wants)
    return usageError(toString(Wants.takeError()));
  for (const CheckInfo &C : checks())
    if ((*Wants)(C.Name))
      outs() << left_justify(C.Name, 32) << C.Sentence << "\n";
  return 0;
}

/// --check-model: exit status as if each problem were a finding.
int checkTree() {
  Setup S;
  if (Error Wrong = S.init())
    return usageError(toString(std::move(Wrong)));
  Expected<CompileDatabase> DB = database();
  if (!DB)
    return usageError(toString(DB.takeError()));
  auto All = DB->all();
  if (!All)
    return usageError(toString(All.takeError()));
  const CompileCommand *C = probeCommand(*All);
  if (!C)
    return usageError(DB->directory() + ": the compile database is empty");
  auto Report = checkModelOf(*C, sourceRoot(C->File, DB->directory()), S.Api);
  if (!Report)
    return usageError(toString(Report.takeError()));
  for (const ModelProblem &P : Report->Problems)
    outs() << P.Text << "\n";
  outs() << "kernel " << (Report->Kernel >> 16) << '.'
         << (Report->Kernel >> 8 & 255) << '.' << (Report->Kernel & 255) << ": "
         << Report->Rows << " rows, " << Report->Problems.size()
         << " not true of this tree\n";
  return Report->Problems.empty() ? 0 : ErrorExit;
}

} // namespace netdev
