//===- Suppress.h - Silence without touching the code -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The file of --suppress. A line is
///   check file function [until=YYYY-MM-DD] reason
/// separated by white space; check, file and function may hold the wildcards
/// `*`, `?` and `[…]`; a reason is required. `#` begins a comment line. In a
/// file name a space is written `\ `.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_SUPPRESS_H
#define NETDEV_LINT_REPORT_SUPPRESS_H

#include "report/Run.h"

namespace netdev {

class SuppressFile {
public:
  /// Reads \p Text; \p Name is the file's name, for messages. Fails on a line
  /// that is not of the form, naming it.
  static llvm::Expected<SuppressFile> parse(llvm::StringRef Text,
                                            llvm::StringRef Name);

  /// Moves the findings of \p R that a line covers to R.Suppressed. A line
  /// whose day is before \p Today (YYYY-MM-DD, given by the caller so that
  /// nothing here depends on the clock) covers nothing. What must be told,
  /// "NAME:LINE: warning: …": expired lines, and, if \p All (every file was
  /// analysed with every check), lines that covered nothing.
  std::vector<std::string> apply(Run &R, llvm::StringRef Today, bool All) const;

private:
  struct Entry {
    unsigned Line;
    std::string Check, File, Function; ///< globs, known to be valid
    std::string Until, Reason;
  };
  static llvm::Expected<Entry> parseLine(llvm::StringRef Text);

  std::string Name;
  std::vector<Entry> Entries;
};

} // namespace netdev

#endif // NETDEV_LINT_REPORT_SUPPRESS_H
