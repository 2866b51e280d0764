//===- netdev-lint-setup.h - Options and what runs share ------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_TOOLS_SETUP_H
#define NETDEV_LINT_TOOLS_SETUP_H

#include "netdev-lint-output.h"
#include "project/Analysis.h"
#include "project/FactsCache.h"
#include "project/Prefix.h"
#include "llvm/Support/CommandLine.h"
#include <optional>

namespace netdev {

// The command line.
extern llvm::cl::OptionCategory Ours;
extern llvm::cl::SubCommand Lower, Solve, Merge, Explain;
extern llvm::cl::list<std::string> Files;
extern llvm::cl::opt<std::string> BuildPath;
extern llvm::cl::opt<bool> All;
extern llvm::cl::opt<bool> NoPrefilter;
extern llvm::cl::opt<std::string> ChecksOption;
extern llvm::cl::opt<Precision> Least;
extern llvm::cl::list<std::string> FormatOption;
extern llvm::cl::opt<unsigned> Jobs;
extern llvm::cl::opt<bool> Pedantic;
extern llvm::cl::opt<std::string> SuppressOption;
extern llvm::cl::opt<bool> SkipUnknown;
extern llvm::cl::opt<std::string> BaselineOption;
extern llvm::cl::opt<std::string> WriteBaseline;
extern llvm::cl::opt<std::string> DiffOption;
extern llvm::cl::opt<std::string> DiffFile;
extern llvm::cl::list<std::string> KernelApi;
extern llvm::cl::opt<std::string> KernelFacts, WriteKernelFacts;
extern llvm::cl::opt<int> ErrorExit;
extern llvm::cl::opt<std::string> CacheOption;
extern llvm::cl::opt<bool> NoCache;
extern llvm::cl::opt<bool> CheckModel;
extern llvm::cl::opt<bool> NoPrefix;
extern llvm::cl::opt<std::string> DepFile;
extern llvm::cl::opt<std::string> EmitNinja;
extern llvm::cl::opt<std::string> ModuleOption;
extern llvm::cl::opt<std::string> ShardOption;
extern llvm::cl::opt<bool> ListChecks;
extern llvm::cl::opt<bool> ExplainConfig;
extern llvm::cl::opt<bool> ShowStats;
extern llvm::cl::opt<bool> Quiet;
extern llvm::cl::opt<bool> ApplyFix;
extern llvm::cl::opt<std::string> FactsFile;

/// What stands after `--`: the flags for all files, instead of a database.
extern std::optional<std::vector<std::string>> FixedFlags;

/// A run without results over the sources in \p Root.
Run newRun(llvm::StringRef Root);

/// Where the files of this run are compiled: the flags after `--`, -p, or the
/// nearest database. Fails if there is none.
llvm::Expected<CompileDatabase> database();

/// What earlier runs left, as far as the command line asks for it.
struct Earlier {
  FileDigests Files;
  std::unique_ptr<FactsCache> Facts;
  std::unique_ptr<Prefixes> Prefix;

  Earlier();
};

/// Sums for --stats.
struct Totals {
  SolveStats Solve;
  unsigned Analysed = 0, Skipped = 0, Failed = 0;
  unsigned KeptFacts = 0, KeptFindings = 0;
  double Seconds = 0;
  std::vector<std::pair<double, std::string>> Units; ///< CPU time, file
  unsigned AfterPrefix = 0, PrefixRefused = 0, PrefixesMade = 0;

  void add(const UnitResult &U);
  /// Prints them and the numbers of \p R to stderr.
  void print(const Run &R);
};

/// What is the same in a run over files and one over facts.
struct Setup {
  AnalysisOptions Analysis;
  OutputOptions Output;
  Models Api;
  ir::Unit Exported; ///< of --kernel-facts
  std::unique_ptr<SuppressionFilter> NoLint;
  Earlier Before;

  /// Fills all by the command line. Fails on a value that cannot be used.
  llvm::Error init();
  /// Moves what \p U found to \p R.
  static void take(Run &R, UnitResult &&U);
};

/// Writes the analysis of \p Commands as a Ninja graph to \p File; \p Skipped
/// is what is known without. \p Program is argv[0]. Gives the exit status.
int emitNinja(llvm::StringRef File, llvm::ArrayRef<CompileCommand> Commands,
              const Run &Skipped, llvm::StringRef Database,
              const char *Program);

// The subcommands; each gives the exit status.
int lowerFile();
int solveFacts();
int mergeRuns();
int explain();
int listChecks();
int checkTree();

} // namespace netdev

#endif // NETDEV_LINT_TOOLS_SETUP_H
