//===- Diff.h - Which lines a patch touches ---------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_DIFF_H
#define NETDEV_LINT_PROJECT_DIFF_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <map>
#include <string>
#include <vector>

namespace netdev {

class ChangedLines {
public:
  /// Lines of the new files of the unified diff \p Text (`diff -u`, `git diff`,
  /// `git format-patch`); \p Name is for the message. Fails if it holds text
  /// but no diff, a hunk whose header cannot be read, or half a hunk.
  static llvm::Expected<ChangedLines> parse(llvm::StringRef Text,
                                            llvm::StringRef Name);

  /// What differs between \p Revision and the files in \p Root, by git. Fails
  /// with git's message.
  static llvm::Expected<ChangedLines> fromGit(llvm::StringRef Revision,
                                              llvm::StringRef Root);

  /// Fails if a C file below \p Root is not as the diff leaves it: its line
  /// numbers would then mean other lines.
  llvm::Error checkApplied(llvm::StringRef Root) const;

  /// True if one of the lines \p First to \p Last of \p File changed, or one
  /// was taken out between them.
  bool touches(llvm::StringRef File, unsigned First, unsigned Last) const;

  /// Names of the changed files, relative to the root of the diff.
  std::vector<std::string> files() const;

private:
  std::map<std::string, std::vector<std::pair<unsigned, unsigned>>> Ranges;
  /// Lines as the diff leaves them, with their numbers.
  std::map<std::string, std::vector<std::pair<unsigned, std::string>>> New;
  std::string Name; ///< the diff's, for messages
};

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_DIFF_H
