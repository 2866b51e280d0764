//===- netdev-lint.cpp - The command
//---------------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/NoLint.h"
#include "ir/Serialize.h"
#include "netdev-lint-output.h"
#include "project/Analysis.h"
#include "project/Arguments.h"
#include "project/Frontend.h"
#include "project/KernelTree.h"
#include "project/Prefilter.h"
#include "project/Workers.h"
#include "report/Pages.h"
#include "rules/Registry.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace netdev;

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

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

static cl::OptionCategory Ours("netdev-lint options");
static cl::SubCommand Lower("lower", "Write the facts of one file");
static cl::SubCommand Solve("solve", "Findings from linked facts");
static cl::SubCommand Merge("merge", "Join the findings of finished runs");
static cl::SubCommand Explain("explain", "Show the page of a check or rule");

// Option groups: A a run over files, S what can be solved, O what is printed.
#define SUB_A cl::sub(cl::SubCommand::getTopLevel())
#define SUB_AS SUB_A, cl::sub(Solve)
#define SUB_O SUB_AS, cl::sub(Merge)

static cl::list<std::string> Files(cl::Positional, cl::desc("FILE.c ..."),
                                   SUB_O, cl::sub(Lower), cl::sub(Explain),
                                   cl::cat(Ours));
static cl::opt<std::string>
    BuildPath("p", cl::value_desc("DIR"), cl::Prefix, SUB_A, cl::sub(Lower),
              cl::desc("Compile database or kernel build directory"),
              cl::cat(Ours));
static cl::opt<bool> All("all", SUB_A, cl::cat(Ours),
                         cl::desc("Every file of the database that can "
                                  "matter, below the folders named"));
static cl::opt<std::string>
    ChecksOption("checks", cl::value_desc("GLOBS"), SUB_AS, cl::cat(Ours),
                 cl::desc("Checks to use, as in clang-tidy (default: all)"));
static cl::opt<Precision>
    Least("precision", SUB_AS, cl::cat(Ours), cl::init(Precision::High),
          cl::desc("Lowest precision shown (default: high)"),
          cl::values(clEnumValN(Precision::High, "high", "Every call is known"),
                     clEnumValN(Precision::Medium, "medium", "Probably right"),
                     clEnumValN(Precision::Low, "low", "Worth a look")));
static cl::list<std::string>
    FormatOption("format", cl::value_desc("NAME[:FILE]"), SUB_O, cl::cat(Ours),
                 cl::desc("text (default), kernel, json, sarif, html, github "
                          "or codeclimate; repeatable"));
static cl::opt<unsigned> Jobs("j", cl::value_desc("N"), cl::Prefix, SUB_A,
                              cl::cat(Ours),
                              cl::desc("Files at a time (default: all cores)"),
                              cl::init(0));
static cl::opt<bool> Pedantic("pedantic", SUB_AS, cl::cat(Ours),
                              cl::desc("Use the rules of grade P too"));
static cl::opt<std::string>
    SuppressOption("suppress", cl::value_desc("FILE"), SUB_O, cl::cat(Ours),
                   cl::desc("Silence by lines 'check file function reason'"));
static cl::opt<bool>
    SkipUnknown("skip-unknown", SUB_A, cl::cat(Ours),
                cl::desc("A file that is not in the database is no error"));
static cl::opt<std::string>
    BaselineOption("baseline", cl::value_desc("FILE"), SUB_O, cl::cat(Ours),
                   cl::desc("Show only what is not in this baseline"));
static cl::opt<std::string>
    WriteBaseline("write-baseline", cl::value_desc("FILE"), SUB_O,
                  cl::cat(Ours), cl::desc("Write a baseline of the findings"));
static cl::opt<std::string>
    DiffOption("diff", cl::value_desc("REV"), SUB_A, cl::cat(Ours),
               cl::desc("Only what touches lines changed since REV, or "
                        "functions with such lines"));
static cl::opt<std::string> DiffFile("diff-file", cl::value_desc("PATCH"),
                                     SUB_A, cl::cat(Ours),
                                     cl::desc("As --diff, from a patch"));
static cl::list<std::string>
    KernelApi("kernel-api", cl::value_desc("FILE"), SUB_AS, cl::cat(Ours),
              cl::desc("More rows for the model of the kernel's interface"));
static cl::opt<int> ErrorExit("error-exitcode", cl::value_desc("N"), SUB_O,
                              cl::cat(Ours), cl::init(0),
                              cl::desc("Exit status when there are findings"));
static cl::opt<bool> NoCache("no-cache", SUB_A, cl::cat(Ours),
                             cl::desc("Use no facts or findings of earlier "
                                      "runs (as now always)"));
static cl::opt<bool> ListChecks("list-checks", SUB_A, cl::cat(Ours),
                                cl::desc("List the checks that are on"));
static cl::opt<bool> ExplainConfig("explain-config", SUB_A, cl::cat(Ours),
                                   cl::desc("Tell what a run would use"));
static cl::opt<bool> ShowStats("stats", SUB_AS, cl::cat(Ours),
                               cl::desc("Tell what the run did, on stderr"));
static cl::opt<bool> Quiet("quiet", SUB_O, cl::cat(Ours),
                           cl::desc("No progress and no notes on stderr"));
static cl::opt<std::string> FactsFile("o", cl::value_desc("F.facts"),
                                      cl::sub(Lower), cl::cat(Ours),
                                      cl::Required,
                                      cl::desc("Where to write the facts"));

/// What stands after `--`: the flags for all files, instead of a database.
static std::optional<std::vector<std::string>> FixedFlags;

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

static Run newRun(StringRef Root) {
  Run R;
  R.ToolVersion = NETDEV_LINT_VERSION;
  R.LLVMVersion = NETDEV_LLVM_VERSION;
  R.Tree = kernelName(Root);
  R.SourceRoot = Root.str();
  R.Source = readSourcesBelow(Root);
  return R;
}

namespace {
/// Sums for --stats.
struct Totals {
  SolveStats Solve;
  unsigned Analysed = 0, Skipped = 0, Failed = 0;

  void add(const UnitResult &U) {
    Solve.Functions += U.Stats.Functions;
    Solve.Executions += U.Stats.Executions;
    Solve.States += U.Stats.States;
    Solve.BudgetExhausted += U.Stats.BudgetExhausted;
  }

  void print(const Run &R) {
    for (const UnitStatus &U : R.Units)
      ++(U.Status == UnitStatus::Analysed  ? Analysed
         : U.Status == UnitStatus::Skipped ? Skipped
                                           : Failed);
    errs() << "units: " << Analysed << " analysed, " << Skipped << " skipped, "
           << Failed << " failed\n"
           << "functions: " << Solve.Functions << ", executed "
           << Solve.Executions << " times, " << Solve.States << " states, "
           << Solve.BudgetExhausted << " given up\n"
           << "findings: " << R.Findings.size()
           << ", silenced by NOLINT: " << R.Suppressed.size() << "\n";
  }
};

/// What is the same in a run over files and one over facts.
struct Setup {
  AnalysisOptions Analysis;
  OutputOptions Output;
  Models Api;
  std::unique_ptr<SuppressionFilter> NoLint;

  Error init() {
    auto Outputs = parseOutputs(FormatOption);
    if (!Outputs)
      return Outputs.takeError();
    Output.Outputs = std::move(*Outputs);
    Output.Suppress = SuppressOption;
    Output.Baseline = BaselineOption;
    Output.WriteBaseline = WriteBaseline;
    Output.Quiet = Quiet;
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
    Analysis.Api = &Api;
    NoLint = makeNoLintFilter();
    Analysis.NoLint = NoLint.get();
    return Error::success();
  }

  static void take(Run &R, UnitResult &&U) {
    R.Units.push_back(std::move(U.Status));
    std::move(U.Findings.begin(), U.Findings.end(),
              std::back_inserter(R.Findings));
    std::move(U.Suppressed.begin(), U.Suppressed.end(),
              std::back_inserter(R.Suppressed));
    std::move(U.Notices.begin(), U.Notices.end(),
              std::back_inserter(R.Notices));
  }
};

/// One line on a terminal's stderr that tells how far a long run is.
class Progress {
public:
  Progress(size_t Count)
      : Count(Count),
        Shown(!Quiet && Count > 1 && sys::Process::StandardErrIsDisplayed()) {}
  ~Progress() {
    if (Shown)
      errs() << "\r\033[K";
  }
  void operator()(size_t Done) {
    if (Shown)
      errs() << "\r[" << Done << "/" << Count << "]";
  }

private:
  size_t Count;
  bool Shown;
};
} // namespace

/// Where the files of this run are compiled: -p, or the nearest database.
static Expected<CompileDatabase> database() {
  if (FixedFlags)
    return CompileDatabase::fixed(*FixedFlags);
  if (!BuildPath.empty())
    return CompileDatabase::open(BuildPath);
  return CompileDatabase::above(Files.empty() ? "./x" : Files.front());
}

static Expected<ChangedLines> changedLines(StringRef Root) {
  if (!DiffOption.empty())
    return ChangedLines::fromGit(DiffOption, Root);
  auto Text = MemoryBuffer::getFileOrSTDIN(DiffFile);
  if (!Text)
    return createStringError(Text.getError(), Twine(DiffFile) + ": " +
                                                  Text.getError().message());
  return ChangedLines::parse((*Text)->getBuffer(), DiffFile);
}

static int analyse() {
  Setup S;
  if (Error Wrong = S.init())
    return usageError(toString(std::move(Wrong)));
  bool WantsDiff = !DiffOption.empty() || !DiffFile.empty();
  if (!DiffOption.empty() && !DiffFile.empty())
    return usageError("--diff and --diff-file exclude each other");
  if (FixedFlags && (All || !BuildPath.empty()))
    return usageError("flags after -- exclude -p and --all");
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
    S.Output.Everything = Files.empty() && ChecksOption.empty() && !WantsDiff;
  } else {
    for (const std::string &F : Files)
      Find(F, SkipUnknown);
  }

  std::string Root = sourceRoot(
      Commands.empty() ? (DB->directory() + "/x").str() : Commands.front().File,
      DB->directory());
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
  if (All) {
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

  if (!Commands.empty()) // known before the fork, so that all share it
    S.Api.get(kernelVersion(Commands.front().Directory));
  Totals Sum;
  {
    Progress P(Commands.size());
    for (UnitResult &U : analyseUnits(Commands, Root, Parallel, S.Analysis,
                                      [&](size_t Done) { P(Done); })) {
      Sum.add(U);
      Setup::take(R, std::move(U));
    }
  }
  if (ShowStats)
    Sum.print(R);
  return std::max(Status, output(std::move(R), S.Output));
}

//===----------------------------------------------------------------------===//
// Subcommands
//===----------------------------------------------------------------------===//

static int lowerFile() {
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
  auto U = parseFacts(**C, sourceRoot((*C)->File, DB->directory()));
  if (!U) {
    errs() << Files.front() << ": error: " << toString(U.takeError()) << "\n";
    return 2;
  }
  std::error_code EC;
  raw_fd_ostream OS(FactsFile, EC);
  if (!EC) {
    OS << ir::store(*U);
    OS.close();
    EC = OS.error();
    OS.clear_error();
  }
  return EC ? usageError("cannot write " + Twine(FactsFile) + ": " +
                         EC.message())
            : 0;
}

static int solveFacts() {
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

static int mergeRuns() {
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

static int explain() {
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

static int listChecks() {
  auto Wants = parseCheckGlobs(ChecksOption);
  if (!Wants)
    return usageError(toString(Wants.takeError()));
  for (const CheckInfo &C : checks())
    if ((*Wants)(C.Name))
      outs() << left_justify(C.Name, 32) << C.Sentence << "\n";
  return 0;
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
  C.Arguments = Arguments.drop_back();
  // kbuild exports CC; its name may tell the target.
  C.Arguments.insert(C.Arguments.begin(),
                     sys::Process::GetEnv("CC").value_or("clang"));
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
  return analyse();
}
