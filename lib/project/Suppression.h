//===- Suppression.h - What clang-tidy lends to the project -----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// NOLINT comments as this room sees them. checks/NoLint.cpp implements it
/// with clang-tidy's own code, which lib/ must not include.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_SUPPRESSION_H
#define NETDEV_LINT_PROJECT_SUPPRESSION_H

#include "rules/Finding.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace netdev {

class SuppressionFilter {
public:
  virtual ~SuppressionFilter() = default;

  /// True if a NOLINT comment silences \p F, whose file is relative to
  /// \p Root. A file that cannot be read silences nothing.
  virtual bool isSuppressed(const Finding &F, llvm::StringRef Root) = 0;

  /// Comments that are wrong, such as a NOLINTBEGIN without its end, met so
  /// far in files with findings: "FILE:LINE: MESSAGE", each once.
  virtual std::vector<std::string> takeErrors() = 0;
};

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_SUPPRESSION_H
