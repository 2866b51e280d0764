//===- Baseline.h - Only what is new ----------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A baseline is the findings of an earlier run by fingerprint and file:
/// {"version":1,"baseline":[{"fingerprint","file","check"}]}. One line each,
/// sorted, so that it can be kept in git.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_BASELINE_H
#define NETDEV_LINT_REPORT_BASELINE_H

#include "report/Run.h"

namespace netdev {

struct Baseline {
  struct Entry {
    std::string Fingerprint, File, Check;
  };
  std::vector<Entry> Entries;
};

/// The text of a baseline that holds all findings of \p R, which must be
/// finished; suppressed ones are not in it.
std::string writeBaseline(const Run &R);

/// The baseline in \p Text; a result of --format=json is taken as one too.
/// \p Name is the file's name, for the message. Fails on text that is cut
/// short, is neither, or is of another version.
llvm::Expected<Baseline> parseBaseline(llvm::StringRef Text,
                                       llvm::StringRef Name);

/// Takes out of the finished \p R the findings that \p B knows and gives their
/// number. An entry stands for one finding: for the one in its own file, else,
/// if that file is gone from the tree (or there is no tree to look at), for one
/// of the same fingerprint in another file, which was renamed.
unsigned applyBaseline(Run &R, const Baseline &B);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_BASELINE_H
