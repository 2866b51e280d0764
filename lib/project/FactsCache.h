//===- FactsCache.h - Facts and findings of earlier runs --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a command gives is looked up in two steps. By the command and the main
/// file's content we find which files the parse read and which facts it gave;
/// they hold as long as all those files are what they were. By the facts, the
/// rules and the model we find what solving them gave. A changed rule keeps
/// the facts; a header whose change does not matter keeps the findings.
///
/// In a kernel tree names count from its root, so that a copy of it elsewhere
/// has the same entries.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_FACTSCACHE_H
#define NETDEV_LINT_PROJECT_FACTSCACHE_H

#include "project/Analysis.h"
#include "project/Cache.h"
#include "project/Inputs.h"

namespace netdev {

class FactsCache {
public:
  FactsCache(llvm::StringRef Folder, FileDigests &Files)
      : Store(Folder), Files(Files) {}

  /// The digest of the facts of \p C; nothing if they are not known or one of
  /// its inputs changed.
  std::optional<Digest> find(const CompileCommand &C, llvm::StringRef Root);
  /// The packed unit (ir::pack()) with the digest \p Facts.
  std::optional<std::string> facts(Digest Facts) const;
  /// Keeps \p Facts (ir::pack()), which the parse of \p C gave from what
  /// \p Read says. Gives their digest.
  Digest keep(const CompileCommand &C, llvm::StringRef Root, const Inputs &Read,
              llvm::StringRef Facts);

  /// What solving \p Facts of linked units gave; \p Rules tells apart models
  /// and options.
  std::optional<UnitResult> findings(llvm::ArrayRef<Digest> Facts,
                                     llvm::StringRef Rules) const;
  void keep(llvm::ArrayRef<Digest> Facts, llvm::StringRef Rules,
            const UnitResult &Findings) const;

  const Cache &store() const { return Store; }

private:
  Cache Store;
  FileDigests &Files;

  static Digest key(const CompileCommand &C, llvm::StringRef Root, Digest Main);
};

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_FACTSCACHE_H
