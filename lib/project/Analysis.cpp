//===- Analysis.cpp - Files to findings -----------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Analysis.h"
#include "project/Frontend.h"
#include "project/Wire.h"
#include "project/Workers.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace netdev {

Error Models::addFile(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer)
    return createStringError(Buffer.getError(),
                             Path + ": " + Buffer.getError().message());
  Model Trial = Model::builtin();
  if (Error Wrong = Trial.add((*Buffer)->getBuffer(), Path))
    return Wrong;
  Files.emplace_back(Path.str(), (*Buffer)->getBuffer().str());
  Known.clear();
  return Error::success();
}

const Model &Models::get(unsigned Kernel) {
  auto It = Known.find(Kernel);
  if (It == Known.end()) {
    It = Known.emplace(Kernel, Model::builtin(Kernel)).first;
    for (const auto &[Name, Text] : Files)
      cantFail(It->second.add(Text, Name));
  }
  return It->second;
}

std::string relativeName(StringRef File, StringRef Root) {
  if (File.starts_with(Root) && File.drop_front(Root.size()).starts_with("/"))
    return File.drop_front(Root.size() + 1).str();
  return File.str();
}

/// True if a changed line is in the finding, in a step, or in the function of
/// either.
static bool touchesChange(const Finding &F, ArrayRef<const ir::Unit *> Units,
                          const ChangedLines &Changed) {
  auto InFunction = [&](const Position &P) {
    for (const ir::Unit *U : Units)
      for (const ir::Function &Fn : U->Functions) {
        const ir::Loc &L = Fn.Where;
        if (L.Line && P.Line >= L.Line && P.Line <= L.EndLine &&
            U->text(L.File) == P.File &&
            Changed.touches(P.File, L.Line, L.EndLine))
          return true;
      }
    return false;
  };
  auto Touches = [&](const Position &P) {
    return Changed.touches(P.File, P.Line, std::max(P.Line, P.EndLine)) ||
           InFunction(P);
  };
  return Touches(F.Where) ||
         any_of(F.Steps, [&](const Step &S) { return Touches(S.Where); });
}

UnitResult solveUnits(ArrayRef<const ir::Unit *> Units, StringRef Root,
                      const AnalysisOptions &Opts) {
  UnitResult R;
  R.Status.File = Units.front()->File;
  std::vector<Finding> All =
      solve(Units, Opts.Api->get(Units.front()->Kernel), Opts.Solve, &R.Stats);
  for (const std::string &Name : R.Stats.GivenUp)
    R.Notices.push_back(
        {R.Status.File, "'" + Name +
                            "' was too large to be followed to its "
                            "end"});
  for (Finding &F : All) {
    if (F.Trust < Opts.Least || (Opts.WantsCheck && !Opts.WantsCheck(F.Check)))
      continue;
    if (Opts.Changed && !touchesChange(F, Units, *Opts.Changed))
      continue;
    bool Silent = Opts.NoLint && Opts.NoLint->isSuppressed(F, Root);
    (Silent ? R.Suppressed : R.Findings).push_back(std::move(F));
  }
  if (Opts.NoLint)
    for (std::string &Text : Opts.NoLint->takeErrors())
      R.Notices.push_back({R.Status.File, std::move(Text)});
  return R;
}

UnitResult analyseUnit(const CompileCommand &C, StringRef Root,
                       const AnalysisOptions &Opts) {
  UnitResult R;
  if (Expected<ir::Unit> U = parseFacts(C, Root)) {
    const ir::Unit *One = &*U;
    R = solveUnits(One, Root, Opts);
  } else {
    R.Status.Status = UnitStatus::Failed;
    R.Status.Reason = toString(U.takeError());
  }
  R.Status.File = relativeName(C.File, Root);
  return R;
}

std::vector<UnitResult> analyseUnits(ArrayRef<CompileCommand> Commands,
                                     StringRef Root, unsigned Parallel,
                                     const AnalysisOptions &Opts,
                                     function_ref<void(size_t)> Progress) {
  std::vector<UnitResult> Results(Commands.size());
  size_t Ended = 0;
  runForked(
      Commands.size(), Parallel,
      [&](size_t I) { return toWire(analyseUnit(Commands[I], Root, Opts)); },
      [&](size_t I, Expected<std::string> Bytes) {
        UnitResult &R = Results[I];
        std::string Reason;
        if (!Bytes)
          Reason = toString(Bytes.takeError());
        else if (!fromWire(*Bytes, R))
          Reason = "the worker's answer is broken";
        if (!Reason.empty()) {
          R = UnitResult();
          R.Status = {relativeName(Commands[I].File, Root), UnitStatus::Failed,
                      "the analysis of this file " + Reason};
        }
        Progress(++Ended);
      });
  return Results;
}

} // namespace netdev
