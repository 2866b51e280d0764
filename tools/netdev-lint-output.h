//===- netdev-lint-output.h - From a run to what is printed -----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_TOOLS_OUTPUT_H
#define NETDEV_LINT_TOOLS_OUTPUT_H

#include "report/Render.h"
#include "report/Run.h"
#include <string>
#include <vector>

namespace netdev {

/// `--format=NAME[:FILE]`
struct OutputRequest {
  Format Form = Format::Text;
  std::string File; ///< empty: the terminal
};

struct OutputOptions {
  std::vector<OutputRequest> Outputs;
  std::string Suppress, Baseline, WriteBaseline; ///< files; empty: none
  bool Quiet = false;
  bool Fix = false;        ///< apply the fixes of what is shown
  bool Everything = false; ///< every file was analysed with every check
  int ErrorExit = 0;
};

/// The requests in the values of --format; text if there is none. Fails on an
/// unknown name, a second one for the terminal, or a folder that is not there.
llvm::Expected<std::vector<OutputRequest>>
parseOutputs(llvm::ArrayRef<std::string> Values);

/// Suppresses, compares with the baseline, and prints \p R as asked. Gives the
/// exit status.
int output(Run R, const OutputOptions &Opts);

/// Prints "netdev-lint: error: MESSAGE" and gives 2.
int usageError(const llvm::Twine &Message);

} // namespace netdev

#endif // NETDEV_LINT_TOOLS_OUTPUT_H
