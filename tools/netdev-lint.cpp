//===- netdev-lint.cpp - The command --------------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "ir/Serialize.h"
#include "netdev-lint-progress.h"
#include "netdev-lint-setup.h"
#include "project/Arguments.h"
#include "project/KernelTree.h"
#include "project/Module.h"
#include "project/Prefilter.h"
#include "project/Workers.h"
#include "report/WriteFile.h"
#include "rules/Registry.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace netdev;

static Expected<ChangedLines> changedLines(StringRef Root) {
  if (!DiffOption.empty())
    return ChangedLines::fromGit(DiffOption, Root);
  auto Text = MemoryBuffer::getFileOrSTDIN(DiffFile);
  if (!Text)
    return createStringError(Text.getError(), Twine(DiffFile) + ": " +
                                                  Text.getError().message());
  auto Changed = ChangedLines::parse((*Text)->getBuffer(), DiffFile);
  if (Changed)
    if (Error Wrong = Changed->checkApplied(Root))
      return Wrong;
  return Changed;
}

/// `--shard=K/N`: takes from \p Commands those of other parts. False if the
/// value is wrong.
static bool takeShard(std::vector<CompileCommand> &Commands) {
  auto [Part, Parts] = StringRef(ShardOption).split('/');
  size_t K, N;
  if (Part.getAsInteger(10, K) || Parts.getAsInteger(10, N) || !K || K > N)
    return false;
  // Neighbours cost alike, so they go to different parts.
  size_t I = 0;
  llvm::erase_if(Commands,
                 [&](const CompileCommand &) { return I++ % N != K - 1; });
  return true;
}

/// `--module`
static int analyseModule(Setup &S) {
  Expected<CompileDatabase> DB = database();
  if (!DB)
    return usageError(toString(DB.takeError()));
  auto Commands = moduleCommands(*DB, ModuleOption);
  if (!Commands)
    return usageError(toString(Commands.takeError()));
  std::string Root = sourceRoot(*Commands, DB->directory());
  Run R = newRun(Root);
  std::vector<UnitStatus> Units;
  UnitResult U = analyseLinked(*Commands, Root, Jobs ? Jobs : availableCores(),
                               S.Analysis, Units);
  Totals Sum;
  Sum.add(U);
  Setup::take(R, std::move(U));
  R.Units = std::move(Units);
  if (ShowStats)
    Sum.print(R);
  return output(std::move(R), S.Output);
}

/// `--write-kernel-facts`
static int writeKernelFacts(Setup &S, ArrayRef<CompileCommand> Commands,
                            StringRef Root) {
  std::vector<UnitStatus> Units;
  ir::Unit All = collectKernelFacts(
      Commands, Root, Jobs ? Jobs : availableCores(), S.Analysis, Units);
  int Status = 0;
  for (const UnitStatus &U : Units)
    if (U.Status == UnitStatus::Failed)
      Status = usageError(Twine(U.File) + ": " + U.Reason);
  if (Error Wrong = writeFile(WriteKernelFacts, ir::pack(All)))
    return usageError(toString(std::move(Wrong)));
  if (!Quiet)
    errs() << "netdev-lint: " << All.Functions.size() << " functions of "
           << Units.size() << " files\n";
  return Status;
}

static int analyse(const char *Program) {
  Setup S;
  if (Error Wrong = S.init())
    return usageError(toString(std::move(Wrong)));
  bool WantsDiff = !DiffOption.empty() || !DiffFile.empty();
  if (!DiffOption.empty() && !DiffFile.empty())
    return usageError("--diff and --diff-file exclude each other");
  if (FixedFlags && (All || !BuildPath.empty()))
    return usageError("flags after -- exclude -p and --all");
  if (!ShardOption.empty() && !All)
    return usageError("--shard is a part of --all");
  if (!ModuleOption.empty()) {
    if (All || !Files.empty() || WantsDiff)
      return usageError("--module excludes files, --all and --diff");
    return analyseModule(S);
  }
  if (Files.empty() && !All && !WantsDiff)
    return usageError("no files; name some, or use --all (see --help)");

  Expected<CompileDatabase> DB = database();
  if (!DB)
    return usageError(toString(DB.takeError()));

  // Which files. Those that cannot be had are told and the rest goes on.
  int Status = 0;
  std::vector<CompileCommand> Commands;
  auto Find = [&](StringRef File, bool MayLack) {
    auto C = DB->lookup(File);
    if (!C)
      Status = usageError(toString(C.takeError()));
    else if (*C)
      Commands.push_back(std::move(**C));
    else if (MayLack)
      errs() << "netdev-lint: note: " << File
             << ": not in the compile database, skipped\n";
    else
      Status = usageError(File + ": not in the compile database of " +
                          DB->directory() +
                          "; build it there, or use --skip-unknown");
  };
  if (All) {
    auto Found = DB->all(Files);
    if (!Found)
      return usageError(toString(Found.takeError()));
    Commands = std::move(*Found);
    if (!ShardOption.empty() && !takeShard(Commands))
      return usageError("--shard: '" + ShardOption +
                        "' is not K/N, such as 1/2");
    S.Output.Everything = Files.empty() && ChecksOption.empty() &&
                          ShardOption.empty() && !WantsDiff;
  } else {
    for (const std::string &F : Files)
      Find(F, SkipUnknown);
  }

  std::string Root = sourceRoot(Commands, DB->directory());
  std::optional<ChangedLines> Changed;
  if (WantsDiff) {
    auto Lines = changedLines(Root);
    if (!Lines)
      return usageError(toString(Lines.takeError()));
    Changed = std::move(*Lines);
    S.Analysis.Changed = &*Changed;
    if (Files.empty() && !All)
      for (const std::string &F : Changed->files())
        if (StringRef(F).ends_with(".c") &&
            sys::fs::exists(absolutePath(F, Root)))
          Find(absolutePath(F, Root), /*MayLack=*/true);
  }

  Run R = newRun(Root);
  if (All && !NoPrefilter) {
    Prefilter Filter(S.Api.get(0));
    std::vector<CompileCommand> Kept;
    for (CompileCommand &C : Commands)
      if (Filter.canMatter(C.File))
        Kept.push_back(std::move(C));
      else
        R.Units.push_back({relativeName(C.File, Root), UnitStatus::Skipped,
                           "names nothing of the net_device interface"});
    Commands = std::move(Kept);
  }

  if (!WriteKernelFacts.empty())
    return std::max(Status, writeKernelFacts(S, Commands, Root));

  unsigned Parallel = Jobs ? Jobs : availableCores();
  if (ExplainConfig) {
    outs() << "database: " << DB->directory() << "\n"
           << "source root: " << Root << "\n"
           << "tree: " << (R.Tree.empty() ? "unknown" : R.Tree) << "\n"
           << "LLVM: " << R.LLVMVersion << "\n"
           << "files: " << Commands.size() << ", " << R.Units.size()
           << " skipped\n"
           << "units at a time: " << Parallel << "\n"
           << "precision: "
           << (Least == Precision::High     ? "high"
               : Least == Precision::Medium ? "medium"
                                            : "low")
           << "\npedantic: " << (Pedantic ? "yes" : "no") << "\nchecks:\n";
    for (const CheckInfo &C : checks())
      if (S.Analysis.WantsCheck(C.Name))
        outs() << "  " << C.Name << "\n";
    return Status;
  }

  if (!EmitNinja.empty())
    return std::max(
        Status, emitNinja(EmitNinja, Commands, R, DB->directory(), Program));

  if (!Commands.empty()) // known before the fork, so that all share it
    S.Api.get(kernelVersion(Commands.front().Directory));
  Totals Sum;
  {
    Progress P(Commands.size(), !Quiet);
    for (UnitResult &U : analyseUnits(Commands, Root, Parallel, S.Analysis,
                                      [&](size_t Done) { P(Done); })) {
      Sum.add(U);
      Setup::take(R, std::move(U));
    }
  }
  if (S.Before.Prefix)
    Sum.PrefixesMade = S.Before.Prefix->made();
  if (ShowStats)
    Sum.print(R);
  return std::max(Status, output(std::move(R), S.Output));
}

//===----------------------------------------------------------------------===//
// kbuild
//===----------------------------------------------------------------------===//

/// `make C=1 CHECK=netdev-lint`. kbuild stops at a status that is not 0 and
/// checks host programs' neighbours such as scripts/mod/empty.c too.
static int checkForKbuild(ArrayRef<std::string> Arguments) {
  Setup S;
  if (Error Wrong = S.init()) {
    usageError(toString(std::move(Wrong)));
    return 0;
  }
  CompileCommand C;
  C.Directory = absolutePath(".");
  C.File = absolutePath(Arguments.back());
  // kbuild exports CC; its name may tell the target.
  std::vector<std::string> Command{
      sys::Process::GetEnv("CC").value_or("clang")};
  append_range(Command, Arguments.drop_back());
  C.Arguments = Command;
  if (!Prefilter(S.Api.get(0)).canMatter(C.File))
    return 0;
  std::string Root = sourceRoot(C.File, C.Directory);
  Run R = newRun(Root);
  for (UnitResult &U : analyseUnits(C, Root, 1, S.Analysis, [](size_t) {}))
    Setup::take(R, std::move(U));
  R.Notices.clear();
  finish(R);
  if (Expected<std::string> Text = render(Format::Kernel, R))
    errs() << *Text;
  else
    consumeError(Text.takeError());
  errs() << problems(R);
  return 0;
}

//===----------------------------------------------------------------------===//
// main
//===----------------------------------------------------------------------===//

int main(int Argc, const char **Argv) {
  // `merge @FILE`: the parts of a tree are more than a command line holds.
  BumpPtrAllocator Memory;
  StringSaver Saver(Memory);
  SmallVector<const char *, 64> Expanded(Argv, Argv + Argc);
  cl::ExpandResponseFiles(Saver, cl::TokenizeGNUCommandLine, Expanded);
  Argc = Expanded.size();
  Argv = Expanded.data();
  std::vector<std::string> Arguments(Argv + 1, Argv + Argc);
  if (auto Dashes = llvm::find(Arguments, "--"); Dashes != Arguments.end()) {
    FixedFlags.emplace(Dashes + 1, Arguments.end());
    Argc -= Arguments.end() - Dashes;
    Arguments.erase(Dashes, Arguments.end());
  }
  bool Kbuild = isKbuildCheck(Arguments);
  int Own = Kbuild ? 1 + int(ownArguments(Arguments)) : Argc;

  cl::SetVersionPrinter([](raw_ostream &OS) {
    OS << "netdev-lint " NETDEV_LINT_VERSION " (LLVM " NETDEV_LLVM_VERSION
          ")\n";
  });
  for (cl::SubCommand *Sub :
       {&cl::SubCommand::getTopLevel(), &Lower, &Solve, &Merge, &Explain})
    cl::HideUnrelatedOptions(Ours, *Sub);
  std::string Wrong;
  raw_string_ostream Errors(Wrong);
  if (!cl::ParseCommandLineOptions(
          Own, Argv,
          "netdev-lint checks Linux network drivers against the lifetime "
          "rules of struct net_device\n",
          &Errors)) {
    errs() << Wrong;
    return Kbuild ? 0 : 2;
  }
  if (Kbuild)
    return checkForKbuild(ArrayRef<std::string>(Arguments).drop_front(Own - 1));
  if (Lower)
    return lowerFile();
  if (Solve)
    return solveFacts();
  if (Merge)
    return mergeRuns();
  if (Explain)
    return explain();
  if (ListChecks)
    return listChecks();
  if (CheckModel)
    return checkTree();
  return analyse(Argv[0]);
}
