//===- Inputs.h - What a parse read -----------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// All that a parse learned of the disk: the files it read, those it only saw
/// to be there, and those it looked for in vain. A header that appears earlier
/// on the include path is a changed input, too.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_INPUTS_H
#define NETDEV_LINT_PROJECT_INPUTS_H

#include "project/FileDigests.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <map>
#include <optional>

namespace netdev {

class Inputs {
public:
  /// \p Path (absolute) was read and held what \p Content says.
  void read(llvm::StringRef Path, Digest Content);
  /// Whether there is a \p Path was asked.
  void asked(llvm::StringRef Path, bool Exists);

  /// The digest that \p Path had when it was read; nothing if it was not.
  std::optional<Digest> content(llvm::StringRef Path) const;

  /// All of it as text, and back. False if \p Text is not that.
  std::string store() const;
  bool load(llvm::StringRef Text);

  /// What was read as a rule for make and ninja with the target \p Target.
  std::string makeRule(llvm::StringRef Target) const;

  /// One path a line, in order, each after what was asked of it: `=` what is
  /// in it, `?` whether it exists. Paths below \p Root are relative to it.
  std::string names(llvm::StringRef Root) const;
  /// One digest of all answers, in the order of names().
  Digest answers() const;

  /// What answers() would be now, if a parse read what \p Names lists.
  static Digest answersNow(llvm::StringRef Names, llvm::StringRef Root,
                           FileDigests &Files);

private:
  struct Answer {
    bool Read = false;
    Digest What; ///< the content if it was read, else absent() or folder()
  };
  std::map<std::string, Answer> Answers; ///< by path
};

/// \p Below, with all that is asked of it written to \p Into, but nothing of
/// the file \p Except.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
recordInputs(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Below,
             Inputs &Into, llvm::StringRef Except = "");

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_INPUTS_H
