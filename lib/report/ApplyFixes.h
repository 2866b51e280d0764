//===- ApplyFixes.h - Findings' fixes into files ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_APPLYFIXES_H
#define NETDEV_LINT_REPORT_APPLYFIXES_H

#include "report/Run.h"
#include <map>

namespace netdev {

struct FixedFiles {
  std::map<std::string, std::string> Texts; ///< new text, by name
  unsigned Applied = 0;
  unsigned LeftOut = 0; ///< touch what another fix changes: for the next run
};

/// The files of \p R with the first fix of each finding, in the order of the
/// findings. A fix is applied as a whole or not at all.
FixedFiles applyFixes(const Run &R);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_APPLYFIXES_H
