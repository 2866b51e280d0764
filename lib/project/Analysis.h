//===- Analysis.h - Files to findings ---------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Lower, solve and filter: one unit in this process, or many in processes of
/// their own. What comes out does not depend on the number of processes.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_ANALYSIS_H
#define NETDEV_LINT_PROJECT_ANALYSIS_H

#include "ir/IR.h"
#include "model/Model.h"
#include "project/CompileDatabase.h"
#include "project/Diff.h"
#include "project/Suppression.h"
#include "report/Run.h"
#include "rules/Solve.h"
#include <functional>
#include <map>
#include <memory>

namespace netdev {

/// The model for each kernel version that is met, with the user's rows.
class Models {
public:
  /// Adds the rows of the file \p Path to every model. Fails if it cannot be
  /// read or a row is wrong.
  llvm::Error addFile(llvm::StringRef Path);

  const Model &get(unsigned Kernel);

  /// The texts of the files that were added.
  std::string added() const;

private:
  std::vector<std::pair<std::string, std::string>> Files; ///< name, text
  std::map<unsigned, Model> Known;
};

class FactsCache;
class Inputs;
class Prefixes;

struct AnalysisOptions {
  SolveOptions Solve;
  Precision Least = Precision::High;
  /// Which checks are wanted; null: all.
  std::function<bool(llvm::StringRef)> WantsCheck;
  /// Only findings that touch these lines or functions with them; may be null.
  const ChangedLines *Changed = nullptr;
  Models *Api = nullptr;
  /// NOLINT; may be null.
  SuppressionFilter *NoLint = nullptr;
  /// Facts and findings of earlier runs; may be null.
  FactsCache *Cache = nullptr;
  /// Precompiled headers; may be null.
  Prefixes *Prefix = nullptr;
  /// Tells one Solve.KernelFacts from another; empty without.
  std::string KernelFactsId;
};

/// What one unit, or one set of linked units, gave.
struct UnitResult {
  /// How much of it an earlier run had done.
  enum Origin : uint8_t { New, KeptFacts, KeptFindings };

  UnitStatus Status;
  std::vector<Result> Findings, Suppressed;
  std::vector<Notice> Notices;
  SolveStats Stats;
  Origin From = New;
  double Seconds = 0; ///< CPU time it took; for --stats
  /// What a prefix was good for, if the unit was parsed.
  enum PrefixUse : uint8_t { Without, After, Refused };
  PrefixUse Prefix = Without;
};

/// Findings of the linked \p Units that \p Opts asks for. \p Root is where
/// their file names begin.
UnitResult solveUnits(llvm::ArrayRef<const ir::Unit *> Units,
                      llvm::StringRef Root, const AnalysisOptions &Opts);

/// The facts of \p C, by the cache of \p Opts if it has them and \p Read, which
/// gets what was read, is null. Fails as parseFacts().
llvm::Expected<ir::Unit> unitFacts(const CompileCommand &C,
                                   llvm::StringRef Root,
                                   const AnalysisOptions &Opts,
                                   Inputs *Read = nullptr);

/// Lowers and solves the units of \p Commands, in \p Parallel processes at a
/// time. One with an error is Failed; one that ends its process costs itself
/// only. \p Progress, if set, is told how many are done. The results are in the
/// order of the commands.
std::vector<UnitResult> analyseUnits(llvm::ArrayRef<CompileCommand> Commands,
                                     llvm::StringRef Root, unsigned Parallel,
                                     const AnalysisOptions &Opts,
                                     llvm::function_ref<void(size_t)> Progress);

/// \p File as findings name it.
std::string relativeName(llvm::StringRef File, llvm::StringRef Root);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_ANALYSIS_H
