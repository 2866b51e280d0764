//===- Solve.h - Facts to findings ------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Findings from the linked facts of one module. No Clang: the same for every
/// LLVM version.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_SOLVE_H
#define NETDEV_LINT_RULES_SOLVE_H

#include "ir/IR.h"
#include "rules/Finding.h"
#include "llvm/ADT/ArrayRef.h"

namespace netdev {

class Model;

struct SolveOptions {
  bool Pedantic = false; ///< rules of grade P too
  /// Functions of other modules, as --write-kernel-facts collects them, or
  /// null.
  const ir::Unit *KernelFacts = nullptr;
};

/// What a run of the solver did besides finding; for --stats.
struct SolveStats {
  unsigned Functions = 0;           ///< functions in the units
  unsigned Executions = 0;          ///< function bodies executed
  uint64_t States = 0;              ///< block states visited
  std::vector<std::string> GivenUp; ///< functions given up by budget
  std::vector<std::string> Coarse;  ///< entries in which paths were merged
};

/// What a person must know of \p S: one sentence for each thing that was not
/// looked at in full.
std::vector<std::string> tooLarge(const SolveStats &S);

/// Findings of all rules and all precisions on \p Units linked by name,
/// sorted by file, line, column, check, message; without duplicates.
std::vector<Finding> solve(llvm::ArrayRef<const ir::Unit *> Units,
                           const Model &M, const SolveOptions &Opts,
                           SolveStats *Stats = nullptr);

} // namespace netdev

#endif // NETDEV_LINT_RULES_SOLVE_H
