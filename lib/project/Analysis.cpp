//===- Analysis.cpp - Files to findings -----------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Analysis.h"
#include "ir/Serialize.h"
#include "project/FactsCache.h"
#include "project/Frontend.h"
#include "project/Prefix.h"
#include "project/Wire.h"
#include "project/Workers.h"
#include "rules/Fixes.h"
#include "llvm/Support/MemoryBuffer.h"
#include <ctime>
#include <utility>

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

std::string Models::added() const {
  std::string All;
  for (const auto &[Name, Text] : Files)
    All += std::to_string(Text.size()) + ":" + Text;
  return All;
}

std::string relativeName(StringRef File, StringRef Root) {
  if (!Root.empty() && File.starts_with(Root) &&
      File.drop_front(Root.size()).starts_with("/"))
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

/// All that solving \p Units gives.
static UnitResult solveAll(ArrayRef<const ir::Unit *> Units,
                           const AnalysisOptions &Opts) {
  UnitResult R;
  R.Status.File = Units.front()->File;
  for (Finding &F :
       solve(Units, Opts.Api->get(Units.front()->Kernel), Opts.Solve, &R.Stats))
    R.Findings.push_back(std::move(F));
  for (std::string &Text : tooLarge(R.Stats))
    R.Notices.push_back({R.Status.File, std::move(Text)});
  return R;
}

static bool isWanted(const Finding &F, const AnalysisOptions &Opts) {
  return F.Trust >= Opts.Least &&
         (!Opts.WantsCheck || Opts.WantsCheck(F.Check));
}

/// Leaves in \p R what \p Opts asks for. \p Units are looked at only if it
/// asks for changed lines.
static void filter(UnitResult &R, ArrayRef<const ir::Unit *> Units,
                   StringRef Root, const AnalysisOptions &Opts) {
  SourceAccess Source = readSourcesBelow(Root);
  for (Result &F : std::exchange(R.Findings, {})) {
    if (!isWanted(F, Opts) ||
        (Opts.Changed && !touchesChange(F, Units, *Opts.Changed)))
      continue;
    fillFixes(F, Source);
    bool Silent = Opts.NoLint && Opts.NoLint->isSuppressed(F, Root);
    (Silent ? R.Suppressed : R.Findings).push_back(std::move(F));
  }
  if (Opts.NoLint)
    for (std::string &Text : Opts.NoLint->takeErrors())
      R.Notices.push_back({R.Status.File, std::move(Text)});
}

UnitResult solveUnits(ArrayRef<const ir::Unit *> Units, StringRef Root,
                      const AnalysisOptions &Opts) {
  UnitResult R = solveAll(Units, Opts);
  filter(R, Units, Root, Opts);
  return R;
}

/// What findings depend on besides facts and the program.
static std::string rulesOf(const AnalysisOptions &Opts) {
  return (Opts.Solve.Pedantic ? "P" : "-") + Opts.KernelFactsId + ":" +
         Opts.Api->added();
}

/// Parses \p C, after a prefix if there is one, and keeps its facts. Their
/// digest goes to \p Id, what became of the prefix to \p Use.
static Expected<ir::Unit> newFacts(const CompileCommand &C, StringRef Root,
                                   const AnalysisOptions &Opts,
                                   std::optional<Digest> &Id,
                                   UnitResult::PrefixUse &Use,
                                   Inputs *Wanted = nullptr) {
  Inputs Own, &Read = Wanted ? *Wanted : Own;
  ParseOptions Parse;
  Parse.Read = Opts.Cache || Wanted ? &Read : nullptr;
  Parse.After = Opts.Prefix ? Opts.Prefix->get(C, Root) : nullptr;
  Expected<ir::Unit> U = parseFacts(C, Root, Parse);
  Use = !Parse.After  ? UnitResult::Without
        : Parse.Again ? UnitResult::Refused
                      : UnitResult::After;
  Id.reset();
  if (U && Opts.Cache)
    Id = Opts.Cache->keep(C, Root, Read, ir::pack(*U));
  return U;
}

/// The kept facts \p Id; nothing if they are lost.
static std::optional<ir::Unit> keptFacts(const AnalysisOptions &Opts,
                                         Digest Id) {
  auto Bytes = Opts.Cache->facts(Id);
  return Bytes ? ir::unpack(*Bytes) : std::nullopt;
}

Expected<ir::Unit> unitFacts(const CompileCommand &C, StringRef Root,
                             const AnalysisOptions &Opts, Inputs *Read) {
  std::optional<Digest> Id;
  if (Opts.Cache && !Read)
    if ((Id = Opts.Cache->find(C, Root)))
      if (auto U = keptFacts(Opts, *Id))
        return std::move(*U);
  if (Opts.Prefix)
    Opts.Prefix->prepare(&C, Root);
  UnitResult::PrefixUse Use;
  return newFacts(C, Root, Opts, Id, Use, Read);
}

/// Lowers and solves the unit of \p C, whose facts are \p Id if they are kept.
/// A unit with an error is Failed.
static UnitResult analyseUnit(const CompileCommand &C, StringRef Root,
                              const AnalysisOptions &Opts,
                              std::optional<Digest> Id) {
  std::string Rules = Opts.Cache ? rulesOf(Opts) : "";
  std::optional<UnitResult> Solved; // before any filter
  std::optional<ir::Unit> Unit;
  if (Id)
    Solved = Opts.Cache->findings(*Id, Rules);
  if (Id && (!Solved || Opts.Changed))
    Unit = keptFacts(Opts, *Id);
  UnitResult::Origin From = Solved ? UnitResult::KeptFindings
                            : Unit ? UnitResult::KeptFacts
                                   : UnitResult::New;
  UnitResult::PrefixUse Use = UnitResult::Without;
  if (!Unit && (!Solved || Opts.Changed)) {
    Expected<ir::Unit> U = newFacts(C, Root, Opts, Id, Use);
    if (!U) {
      UnitResult R;
      R.Status = {relativeName(C.File, Root), UnitStatus::Failed,
                  toString(U.takeError())};
      R.Prefix = Use;
      return R;
    }
    Unit = std::move(*U);
  }
  const ir::Unit *One = Unit ? &*Unit : nullptr;
  if (!Solved) {
    Solved = solveAll(One, Opts);
    if (Id)
      Opts.Cache->keep(*Id, Rules, *Solved);
  }
  UnitResult R = std::move(*Solved);
  R.Status.File = relativeName(C.File, Root);
  R.From = From;
  R.Prefix = Use;
  filter(R, One, Root, Opts);
  return R;
}

/// A unit to work on: which command, and its facts if they are kept.
struct Task {
  size_t Command;
  std::optional<Digest> Facts;
};
/// The units that one process works on.
using Job = std::vector<Task>;

/// Solving a unit takes less than forking for it: how many one process solves
/// of \p N. Few enough that the last job of a run does not keep the others
/// waiting.
static size_t solvedTogether(size_t N, unsigned Parallel) {
  return std::clamp<size_t>(N / (8 * std::max(Parallel, 1u)), 16, 128);
}

/// What is left to do for \p Commands: a job for each unit that is parsed, for
/// the memory this takes ends with its process; several units in one job where
/// their facts are kept. What is known of the others, and says nothing to be
/// shown, goes to \p Results.
static std::vector<Job> openJobs(ArrayRef<CompileCommand> Commands,
                                 StringRef Root, unsigned Parallel,
                                 const AnalysisOptions &Opts,
                                 std::vector<UnitResult> &Results) {
  std::vector<Job> Jobs;
  Job Kept;
  std::vector<const CompileCommand *> Parsed;
  std::string Rules = Opts.Cache ? rulesOf(Opts) : "";
  for (size_t I = 0; I != Commands.size(); ++I) {
    std::optional<Digest> Id;
    if (Opts.Cache)
      Id = Opts.Cache->find(Commands[I], Root);
    if (!Id) {
      Parsed.push_back(&Commands[I]);
      Jobs.push_back({Task{I, Id}});
      continue;
    }
    std::optional<UnitResult> R = Opts.Cache->findings(*Id, Rules);
    if (!R || any_of(R->Findings,
                     [&](const Result &F) { return isWanted(F, Opts); })) {
      Kept.push_back({I, Id});
      continue;
    }
    R->Findings.clear();
    R->From = UnitResult::KeptFindings;
    R->Prefix = UnitResult::Without;
    R->Status.File = relativeName(Commands[I].File, Root);
    Results[I] = std::move(*R);
  }
  size_t Together = solvedTogether(Kept.size(), Parallel);
  for (ArrayRef<Task> Left = Kept; !Left.empty();
       Left = Left.drop_front(std::min(Together, Left.size()))) {
    ArrayRef<Task> Next = Left.take_front(Together);
    Jobs.emplace_back(Next.begin(), Next.end());
  }
  if (Opts.Prefix)
    Opts.Prefix->prepare(Parsed, Root);
  return Jobs;
}

std::vector<UnitResult> analyseUnits(ArrayRef<CompileCommand> Commands,
                                     StringRef Root, unsigned Parallel,
                                     const AnalysisOptions &Opts,
                                     function_ref<void(size_t)> Progress) {
  std::vector<UnitResult> Results(Commands.size());
  std::vector<Job> Jobs = openJobs(Commands, Root, Parallel, Opts, Results);
  size_t Ended = Commands.size();
  for (const Job &J : Jobs)
    Ended -= J.size();
  Progress(Ended);
  auto Work = [&](size_t N) {
    std::vector<UnitResult> Done;
    for (const Task &Each : Jobs[N]) {
      std::clock_t Begin = std::clock(); // CPU time of the worker's own
      Done.push_back(
          analyseUnit(Commands[Each.Command], Root, Opts, Each.Facts));
      Done.back().Seconds = double(std::clock() - Begin) / CLOCKS_PER_SEC;
    }
    return toWire(Done);
  };
  while (!Jobs.empty()) {
    std::vector<Job> Again;
    runForked(Jobs.size(), Parallel, Work,
              [&](size_t N, Expected<std::string> Bytes) {
                const Job &J = Jobs[N];
                std::vector<UnitResult> Done;
                std::string Reason;
                if (!Bytes)
                  Reason = toString(Bytes.takeError());
                else if (!fromWire(*Bytes, Done) || Done.size() != J.size())
                  Reason = "the worker's answer is broken";
                if (!Reason.empty() && J.size() > 1) {
                  // It is one of them: each by itself.
                  for (const Task &Each : J)
                    Again.push_back({Each});
                  return;
                }
                if (!Reason.empty()) {
                  UnitResult R;
                  R.Status = {relativeName(Commands[J[0].Command].File, Root),
                              UnitStatus::Failed,
                              "the analysis of this file " + Reason};
                  Done.assign(1, std::move(R));
                }
                for (size_t K = 0; K != J.size(); ++K)
                  Results[J[K].Command] = std::move(Done[K]);
                Progress(Ended += J.size());
              });
    Jobs = std::move(Again);
  }
  // Whatever was not kept before may have been put there now.
  if (Opts.Cache && any_of(Results, [](const UnitResult &R) {
        return R.From != UnitResult::KeptFindings;
      }))
    Opts.Cache->store().trim();
  return Results;
}

} // namespace netdev
