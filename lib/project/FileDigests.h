//===- FileDigests.h - What is in a file, in 16 bytes -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_FILEDIGESTS_H
#define NETDEV_LINT_PROJECT_FILEDIGESTS_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace netdev {

/// 128 bits of a text (xxh3): against accidents, not against an attacker, who
/// could as well change the program.
struct Digest {
  uint64_t Low = 0, High = 0;

  static Digest of(llvm::StringRef Bytes);
  /// 32 hex digits.
  std::string hex() const;
  bool operator==(const Digest &O) const {
    return Low == O.Low && High == O.High;
  }
  bool operator!=(const Digest &O) const { return !(*this == O); }
};

/// Digests of files, each read once in a run. Forked workers share what their
/// parent knew.
class FileDigests {
public:
  /// The digest of the content of \p Path (absolute). Two are reserved:
  /// absent() where there is nothing, folder() where there is no plain file
  /// that can be read.
  Digest of(llvm::StringRef Path);

  static Digest absent() { return {0, 0}; }
  static Digest folder() { return {1, 0}; }

private:
  llvm::StringMap<Digest> Known;
};

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_FILEDIGESTS_H
