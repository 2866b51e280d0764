//===- netdev-lint-setup.cpp - Options and what runs share ----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "netdev-lint-setup.h"
#include "checks/NoLint.h"
#include "ir/Serialize.h"
#include "project/KernelTree.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <sys/resource.h>

using namespace llvm;

namespace netdev {

/// Takes out the options that LLVM's libraries register. They would be accepted
/// and do nothing here, and --stats would be there twice. Must be initialised
/// before our own.
static const bool NoForeignOptions = [] {
  std::vector<cl::Option *> Foreign;
  for (const auto &[Name, Option] : cl::getRegisteredOptions())
    if (!Name.contains("help") && Name != "h" && Name != "version")
      Foreign.push_back(Option);
  for (cl::Option *O : Foreign)
    O->removeArgument();
  return true;
}();

cl::OptionCategory Ours("netdev-lint options");
cl::SubCommand Lower("lower", "Write the facts of one file");
cl::SubCommand Solve("solve", "Findings from linked facts");
cl::SubCommand Merge("merge", "Join the findings of finished runs");
cl::SubCommand Explain("explain", "Show the page of a check or rule");

// Option groups: A a run over files, S what can be solved, O what is printed.
#define SUB_A cl::sub(cl::SubCommand::getTopLevel())
#define SUB_AS SUB_A, cl::sub(Solve)
#define SUB_O SUB_AS, cl::sub(Merge)

cl::list<std::string> Files(cl::Positional, cl::desc("FILE.c ..."), SUB_O,
                            cl::sub(Lower), cl::sub(Explain), cl::cat(Ours));
cl::opt<std::string>
    BuildPath("p", cl::value_desc("DIR"), cl::Prefix, SUB_A, cl::sub(Lower),
              cl::desc("Compile database or kernel build directory"),
              cl::cat(Ours));
cl::opt<bool> All("all", SUB_A, cl::cat(Ours),
                  cl::desc("Every file of the database that can "
                           "matter, below the folders named"));
cl::opt<bool> NoPrefilter("no-prefilter", SUB_A, cl::cat(Ours),
                          cl::desc("With --all: also files that name nothing "
                                   "of the net_device interface"));
cl::opt<std::string>
    ChecksOption("checks", cl::value_desc("GLOBS"), SUB_AS, cl::cat(Ours),
                 cl::desc("Checks to use, as in clang-tidy (default: all)"));
cl::opt<Precision>
    Least("precision", SUB_AS, cl::cat(Ours), cl::init(Precision::High),
          cl::desc("Lowest precision shown (default: high)"),
          cl::values(clEnumValN(Precision::High, "high", "Every call is known"),
                     clEnumValN(Precision::Medium, "medium", "Probably right"),
                     clEnumValN(Precision::Low, "low", "Worth a look")));
cl::list<std::string>
    FormatOption("format", cl::value_desc("NAME[:FILE]"), SUB_O, cl::cat(Ours),
                 cl::desc("text (default), kernel, json, sarif, html, github "
                          "or codeclimate; repeatable"));
cl::opt<unsigned> Jobs("j", cl::value_desc("N"), cl::Prefix, SUB_A,
                       cl::cat(Ours),
                       cl::desc("Files at a time (default: all cores)"),
                       cl::init(0));
cl::opt<bool> Pedantic("pedantic", SUB_AS, cl::cat(Ours),
                       cl::desc("Use the rules of grade P too"));
cl::opt<std::string>
    SuppressOption("suppress", cl::value_desc("FILE"), SUB_O, cl::cat(Ours),
                   cl::desc("Silence by lines 'check file function reason'"));
cl::opt<bool>
    SkipUnknown("skip-unknown", SUB_A, cl::cat(Ours),
                cl::desc("A file that is not in the database is no error"));
cl::opt<std::string>
    BaselineOption("baseline", cl::value_desc("FILE"), SUB_O, cl::cat(Ours),
                   cl::desc("Show only what is not in this baseline"));
cl::opt<std::string>
    WriteBaseline("write-baseline", cl::value_desc("FILE"), SUB_O,
                  cl::cat(Ours), cl::desc("Write a baseline of the findings"));
cl::opt<std::string>
    DiffOption("diff", cl::value_desc("REV"), SUB_A, cl::cat(Ours),
               cl::desc("Only what touches lines changed since REV, or "
                        "functions with such lines"));
cl::opt<std::string> DiffFile("diff-file", cl::value_desc("PATCH"), SUB_A,
                              cl::cat(Ours),
                              cl::desc("As --diff, from a patch"));
cl::list<std::string>
    KernelApi("kernel-api", cl::value_desc("FILE"), SUB_AS, cl::cat(Ours),
              cl::desc("More rows for the model of the kernel's interface"));
cl::opt<std::string>
    KernelFacts("kernel-facts", cl::value_desc("FILE"), SUB_AS, cl::cat(Ours),
                cl::desc("Follow calls into what other modules export, as "
                         "--write-kernel-facts wrote it"));
cl::opt<std::string> WriteKernelFacts(
    "write-kernel-facts", cl::value_desc("FILE"), SUB_A, cl::cat(Ours),
    cl::desc("Write the effects of what the files export instead of "
             "analysing them; with --all once for a tree"));
cl::opt<int> ErrorExit("error-exitcode", cl::value_desc("N"), SUB_O,
                       cl::cat(Ours), cl::init(0),
                       cl::desc("Exit status when there are findings"));
cl::opt<std::string> CacheOption(
    "cache", cl::value_desc("DIR"), SUB_A, cl::sub(Lower), cl::cat(Ours),
    cl::desc("Where prefixes, facts and findings are kept for later runs, at "
             "most 2 GB (default: $NETDEV_LINT_CACHE, or "
             ".cache/netdev-lint below the home)"));
cl::opt<bool> NoCache("no-cache", SUB_A, cl::sub(Lower), cl::cat(Ours),
                      cl::desc("Use no facts or findings of earlier runs"));
cl::opt<bool> CheckModel("check-model", SUB_A, cl::cat(Ours),
                         cl::desc("Compare the model with the tree's headers: "
                                  "missing functions, other parameters"));
cl::opt<bool> NoPrefix("no-prefix", SUB_A, cl::sub(Lower), cl::cat(Ours),
                       cl::desc("Use no precompiled headers of the kernel"));
cl::opt<bool> ListChecks("list-checks", SUB_A, cl::cat(Ours),
                         cl::desc("List the checks that are on"));
cl::opt<bool> ExplainConfig("explain-config", SUB_A, cl::cat(Ours),
                            cl::desc("Tell what a run would use"));
cl::opt<bool> ShowStats("stats", SUB_AS, cl::cat(Ours),
                        cl::desc("Tell what the run did, on stderr"));
cl::opt<bool> ApplyFix("fix", SUB_A, cl::cat(Ours),
                       cl::desc("Apply the safe fixes of what is shown to the "
                                "sources"));
cl::opt<bool> Quiet("quiet", SUB_O, cl::cat(Ours),
                    cl::desc("No progress and no notes on stderr"));
cl::opt<std::string> FactsFile("o", cl::value_desc("F.facts"), cl::sub(Lower),
                               cl::cat(Ours), cl::Required,
                               cl::desc("Where to write the facts"));

cl::opt<std::string> DepFile("depfile", cl::value_desc("F.d"), cl::sub(Lower),
                             cl::cat(Ours),
                             cl::desc("Write what was read, for make or "
                                      "ninja; parses anew"));
cl::opt<std::string> EmitNinja("emit-ninja", cl::value_desc("FILE"), SUB_A,
                               cl::cat(Ours),
                               cl::desc("Write the run as a Ninja graph "
                                        "instead of running it"));
cl::opt<std::string> ModuleOption("module", cl::value_desc("NAME"), SUB_A,
                                  cl::cat(Ours),
                                  cl::desc("All files of one kernel module, "
                                           "linked"));
cl::opt<std::string> ShardOption("shard", cl::value_desc("K/N"), SUB_A,
                                 cl::cat(Ours),
                                 cl::desc("Of --all only part K of N; 'merge' "
                                          "joins the parts"));

std::optional<std::vector<std::string>> FixedFlags;

Run newRun(StringRef Root) {
  Run R;
  R.ToolVersion = NETDEV_LINT_VERSION;
  R.LLVMVersion = NETDEV_LLVM_VERSION;
  R.Tree = kernelName(Root);
  R.SourceRoot = Root.str();
  R.Source = readSourcesBelow(Root);
  return R;
}

Expected<CompileDatabase> database() {
  if (FixedFlags)
    return CompileDatabase::fixed(*FixedFlags);
  if (!BuildPath.empty())
    return CompileDatabase::open(BuildPath);
  return CompileDatabase::above(Files.empty() ? "./x" : Files.front());
}

Earlier::Earlier() {
  std::string Folder =
      CacheOption.empty() ? Cache::defaultFolder() : absolutePath(CacheOption);
  if (Folder.empty())
    return;
  if (!NoCache)
    Facts = std::make_unique<FactsCache>(Folder, Files);
  // Up to LLVM 19 every unit was parsed again after one: it only costs there.
  if (!NoPrefix && LLVM_VERSION_MAJOR >= 20)
    Prefix = std::make_unique<Prefixes>(Folder, Files);
}

void Totals::add(const UnitResult &U) {
  KeptFacts += U.From == UnitResult::KeptFacts;
  KeptFindings += U.From == UnitResult::KeptFindings;
  AfterPrefix += U.Prefix == UnitResult::After;
  PrefixRefused += U.Prefix == UnitResult::Refused;
  Solve.Functions += U.Stats.Functions;
  Solve.Executions += U.Stats.Executions;
  Solve.States += U.Stats.States;
  append_range(Solve.GivenUp, U.Stats.GivenUp);
  append_range(Solve.Coarse, U.Stats.Coarse);
  Seconds += U.Seconds;
  Units.push_back({U.Seconds, U.Status.File});
}

void Totals::print(const Run &R) {
  for (const UnitStatus &U : R.Units)
    ++(U.Status == UnitStatus::Analysed  ? Analysed
       : U.Status == UnitStatus::Skipped ? Skipped
                                         : Failed);
  errs() << "units: " << Analysed << " analysed, " << Skipped << " skipped, "
         << Failed << " failed\n"
         << "kept from earlier runs: facts of " << KeptFacts << ", findings of "
         << KeptFindings << "\n"
         << "parsed after a prefix: " << AfterPrefix
         << ", again without: " << PrefixRefused
         << ", prefixes made: " << PrefixesMade << "\n"
         << "functions: " << Solve.Functions << ", executed "
         << Solve.Executions << " times, " << Solve.States << " states, "
         << Solve.GivenUp.size()
         << " given up, entries too large to tell all paths apart: "
         << Solve.Coarse.size() << "\n"
         << "findings: " << R.Findings.size()
         << ", silenced by NOLINT: " << R.Suppressed.size() << "\n";
  struct rusage Workers = {};
  if (::getrusage(RUSAGE_CHILDREN, &Workers) == 0 && Workers.ru_maxrss)
    errs() << "memory of a worker: at most " << Workers.ru_maxrss / 1024
           << " MB\n";
  if (Seconds == 0) // facts or an earlier run's results
    return;
  llvm::sort(Units, std::greater<>());
  errs() << "CPU time: " << format("%.1f", Seconds) << " s, most of it in\n";
  for (const auto &[Time, File] :
       ArrayRef(Units).take_front(std::min<size_t>(Units.size(), 10)))
    errs() << "  " << format("%.1f", Time) << " s " << File << "\n";
}

Error Setup::init() {
  auto Outputs = parseOutputs(FormatOption);
  if (!Outputs)
    return Outputs.takeError();
  Output.Outputs = std::move(*Outputs);
  Output.Suppress = SuppressOption;
  Output.Baseline = BaselineOption;
  Output.WriteBaseline = WriteBaseline;
  Output.Quiet = Quiet;
  Output.Fix = ApplyFix;
  Output.ErrorExit = ErrorExit;
  if (ErrorExit < 0 || ErrorExit > 125 || ErrorExit == 2)
    return createStringError(inconvertibleErrorCode(),
                             "--error-exitcode: N is 0 to 125 and not 2, "
                             "which tells of files that failed");
  for (const std::string &F :
       {SuppressOption.getValue(), BaselineOption.getValue()})
    if (!F.empty() && !sys::fs::exists(F))
      return createStringError(inconvertibleErrorCode(),
                               Twine(F) + ": no such file");

  auto Wants = parseCheckGlobs(ChecksOption);
  if (!Wants)
    return Wants.takeError();
  Analysis.WantsCheck = std::move(*Wants);
  Analysis.Least = Least;
  Analysis.Solve.Pedantic = Pedantic;
  for (const std::string &F : KernelApi)
    if (Error Wrong = Api.addFile(F))
      return Wrong;
  if (!KernelFacts.empty()) {
    auto Text = MemoryBuffer::getFile(KernelFacts);
    if (!Text)
      return createStringError(Text.getError(),
                               KernelFacts + ": " + Text.getError().message());
    auto U = ir::unpack((*Text)->getBuffer());
    if (!U)
      return createStringError(
          inconvertibleErrorCode(),
          KernelFacts +
              ": not what --write-kernel-facts of this version wrote");
    Exported = std::move(*U);
    Analysis.Solve.KernelFacts = &Exported;
    Analysis.KernelFactsId = Digest::of((*Text)->getBuffer()).hex();
  }
  Analysis.Api = &Api;
  NoLint = makeNoLintFilter();
  Analysis.NoLint = NoLint.get();
  Analysis.Cache = Before.Facts.get();
  Analysis.Prefix = Before.Prefix.get();
  return Error::success();
}

void Setup::take(Run &R, UnitResult &&U) {
  R.Units.push_back(std::move(U.Status));
  std::move(U.Findings.begin(), U.Findings.end(),
            std::back_inserter(R.Findings));
  std::move(U.Suppressed.begin(), U.Suppressed.end(),
            std::back_inserter(R.Suppressed));
  std::move(U.Notices.begin(), U.Notices.end(), std::back_inserter(R.Notices));
}

} // namespace netdev
