//===- Prefix.h - The kernel's common headers, read once --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Nine tenths of a parse are the kernel's own headers. A prefix is a
/// precompiled header of those that network code includes most, made per tree
/// and set of flags, and kept in the cache as long as all that it read is what
/// it was.
///
/// A unit that is parsed after a prefix sees headers before its own first line,
/// and more of them than it names. That changes nothing unless the unit (or a
/// header outside the prefix) defines a macro before an #include, of which a
/// header of the prefix knows the name; or uses a macro of a header that it
/// would not have got; or declares what such a header declares. The first two
/// are watched for (PrefixWatch.h), the third is an error of the parser. In all
/// three cases the unit is parsed again without the prefix.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_PREFIX_H
#define NETDEV_LINT_PROJECT_PREFIX_H

#include "project/Cache.h"
#include "project/CompileDatabase.h"
#include "project/Inputs.h"
#include <map>
#include <memory>
#include <vector>

namespace netdev {

/// A prefix that is ready for use.
struct Prefix {
  std::string File; ///< the precompiled header; absolute
  Inputs Read;      ///< what making it read

  // What PrefixWatch has to know.
  std::vector<uint64_t> Names; ///< hashes of all identifiers met, sorted
  struct Header {
    std::string Path;               ///< absolute
    std::vector<unsigned> Includes; ///< indices
  };
  std::vector<Header> Headers;
  std::vector<unsigned> Implicit; ///< headers that flags include
};

class Prefixes {
public:
  /// Prefixes are kept in \p Folder.
  Prefixes(llvm::StringRef Folder, FileDigests &Files)
      : Store(Folder), Files(Files) {}

  /// Makes what parsing \p Commands (of the tree \p Root) needs and is not
  /// there: for flags that several of them share or that an earlier run wanted,
  /// too. To be called before workers are forked.
  void prepare(llvm::ArrayRef<const CompileCommand *> Commands,
               llvm::StringRef Root);

  /// The prefix for \p C that prepare() found; null if there is none.
  const Prefix *get(const CompileCommand &C, llvm::StringRef Root) const;

  /// How many prefixes this process made.
  unsigned made() const { return Count; }

private:
  Cache Store;
  FileDigests &Files;
  std::map<std::string, std::unique_ptr<Prefix>> Known; ///< by flags
  unsigned Count = 0;

  /// The kept prefix \p Key, null if there is none that holds. \p MayMake is
  /// set if an earlier run wanted one too, and none of these inputs failed.
  std::unique_ptr<Prefix> load(Digest Key, bool &MayMake);
  /// Makes and keeps the prefix \p Key for units like \p C; null if it fails.
  std::unique_ptr<Prefix> make(const CompileCommand &C, llvm::StringRef Root,
                               Digest Key);
};

/// The arguments for the prefix of a unit that is parsed with \p Arguments
/// (parserArguments(), the source last): without what names the module, and
/// without what only one driver gets. Empty if the unit cannot have a prefix.
std::vector<std::string> prefixArguments(llvm::ArrayRef<std::string> Arguments,
                                         llvm::StringRef Root);

/// True if a prefix is made with the command line's definition of \p Name.
bool isSharedMacro(llvm::StringRef Name);

/// Macros by which kbuild tells a unit its own name (scripts/Makefile.lib).
/// Headers use them in the bodies of macros only, so that the value counts
/// where those are expanded, in the unit.
llvm::ArrayRef<llvm::StringLiteral> unitNameMacros();

/// Writes the precompiled header of the kernel's common headers, read with
/// \p Arguments (prefixArguments()) in \p Directory, to \p File, and fills
/// \p Into but for its File. False if a header has an error.
bool buildPrefix(llvm::ArrayRef<std::string> Arguments,
                 llvm::StringRef Directory, llvm::StringRef File, Prefix &Into);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_PREFIX_H
