//===- Prefilter.h - Which files can matter ---------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_PREFILTER_H
#define NETDEV_LINT_PROJECT_PREFILTER_H

#include "model/Model.h"
#include "llvm/ADT/StringSet.h"

namespace netdev {

/// Looks at the text of a file for names that a finding cannot do without, so
/// that most of a tree need not be parsed.
class Prefilter {
public:
  /// The names are those of \p M that do something to a device, a reference
  /// or RTNL, with the macros that stand for them.
  explicit Prefilter(const Model &M);

  /// True if \p File (absolute), or C code next to it that it includes by
  /// quotes, holds such a name; also if it cannot be read, so that the parser
  /// tells why.
  bool canMatter(llvm::StringRef File) const;

private:
  llvm::StringSet<> Words;
  bool matters(llvm::StringRef File, llvm::StringSet<> &Seen) const;
};

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_PREFILTER_H
