//===- Cache.h - What earlier runs found out --------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A folder of checked entries, by kind and key. Nothing in it is needed: an
/// entry that is missing, cut short, changed or not ours is as good as none.
/// Any number of processes may use one folder.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_CACHE_H
#define NETDEV_LINT_PROJECT_CACHE_H

#include "project/FileDigests.h"
#include <optional>
#include <string>

namespace netdev {

class Cache {
public:
  /// Bytes that the entries may take together.
  static constexpr uint64_t DefaultLimit = uint64_t(2) << 30;

  /// The cache in \p Folder, which is made when something is put there.
  explicit Cache(llvm::StringRef Folder, uint64_t Limit = DefaultLimit);

  /// The folder of the user: $NETDEV_LINT_CACHE, or .cache/netdev-lint below
  /// the home; empty if there is no home.
  static std::string defaultFolder();

  /// What was put under \p Key of \p Kind, and marks it as used.
  std::optional<std::string> get(llvm::StringRef Kind, Digest Key) const;
  /// Keeps \p Bytes. What cannot be written is not kept.
  void put(llvm::StringRef Kind, Digest Key, llvm::StringRef Bytes) const;

  /// The file of an entry, for kinds that are no entries of get() and put();
  /// trim() counts and removes them too.
  std::string path(llvm::StringRef Kind, Digest Key) const;

  /// Removes the entries that were not used for longest until the rest takes
  /// nine tenths of the limit. Does nothing below the limit, and, without
  /// \p Now, when somebody looked less than ten minutes ago.
  void trim(bool Now = false) const;

private:
  std::string Folder;
  uint64_t Limit;
};

/// Marks the entry in the file \p Path as used.
void touchEntry(llvm::StringRef Path);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_CACHE_H
