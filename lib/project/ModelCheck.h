//===- ModelCheck.h - The model against a tree's headers --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_MODELCHECK_H
#define NETDEV_LINT_PROJECT_MODELCHECK_H

#include "model/Signatures.h"
#include "project/Analysis.h"

namespace netdev {

/// What a tree says of the model's rows.
struct ModelReport {
  unsigned Kernel = 0; ///< the tree's LINUX_VERSION_CODE
  size_t Rows = 0;     ///< how many hold for that kernel
  std::vector<ModelProblem> Problems;
};

/// Compares the rows of \p Api with what the headers in \p Root declare, read
/// with the flags of \p C, any unit of the tree. Writes no file. Fails if the
/// probe cannot be parsed at all.
llvm::Expected<ModelReport> checkModelOf(const CompileCommand &C,
                                         llvm::StringRef Root, Models &Api);

/// The command among \p All whose flags suit the probe best: that of a network
/// driver. Null if there is none at all.
const CompileCommand *probeCommand(llvm::ArrayRef<CompileCommand> All);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_MODELCHECK_H
