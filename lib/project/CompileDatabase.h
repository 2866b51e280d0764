//===- CompileDatabase.h - The command of a file ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How a file is compiled: from a compile_commands.json, or from the `.cmd`
/// files that kbuild leaves beside its objects. One command is found without
/// reading the whole database into memory.
///
/// Sources: https://clang.llvm.org/docs/JSONCompilationDatabase.html,
/// scripts/Kbuild.include (cmd_and_savecmd), scripts/clang-tools/
/// gen_compile_commands.py.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_COMPILEDATABASE_H
#define NETDEV_LINT_PROJECT_COMPILEDATABASE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace netdev {

/// Strings in one piece of memory: a tree has thousands of commands, each of
/// hundreds of arguments, and every worker has the parent's memory.
class ArgumentList {
public:
  ArgumentList() = default;
  ArgumentList(const std::vector<std::string> &Arguments);
  std::vector<std::string> get() const;

private:
  std::string Joined; ///< each ends with a NUL
};

/// How one file is compiled.
struct CompileCommand {
  std::string Directory;  ///< where Arguments hold
  std::string File;       ///< absolute
  ArgumentList Arguments; ///< the compiler first
};

class CompileDatabase {
public:
  /// The database in \p Path: a compile_commands.json, a directory with one,
  /// or a kernel build directory with kbuild's `.cmd` files. Fails, in one
  /// line that names the commands that make one, if there is none.
  static llvm::Expected<CompileDatabase> open(llvm::StringRef Path);

  /// The database in the nearest directory above \p File. Fails as open().
  static llvm::Expected<CompileDatabase> above(llvm::StringRef File);

  /// A database in which every file is compiled in the working directory with
  /// \p Flags; all() gives none.
  static CompileDatabase fixed(llvm::ArrayRef<std::string> Flags);

  /// The command of \p File, which is absolute, relative to the working
  /// directory, or relative to the database; nothing if it is not in the
  /// database. Fails if the database is broken or \p File cannot be read.
  llvm::Expected<std::optional<CompileCommand>>
  lookup(llvm::StringRef File) const;

  /// Commands of all C files, once each, below one of \p Dirs (all if empty),
  /// in the order of the file names. Fails if the database is broken.
  llvm::Expected<std::vector<CompileCommand>>
  all(llvm::ArrayRef<std::string> Dirs = {}) const;

  /// The directory the database stands in; absolute.
  llvm::StringRef directory() const { return Directory; }

private:
  std::string Directory;
  std::string Json; ///< path of compile_commands.json; empty: `.cmd` files
  std::shared_ptr<llvm::MemoryBuffer> Text;
  std::optional<std::vector<std::string>> Fixed; ///< of fixed()

  llvm::Expected<std::optional<CompileCommand>>
  lookupSaved(llvm::StringRef File) const;
};

/// \p File as an absolute path without `.` and `..`, seen from \p Base (the
/// working directory if empty). Symbolic links stay.
std::string absolutePath(llvm::StringRef File, llvm::StringRef Base = "");

/// The folder that names in findings are relative to: the kernel tree that
/// \p File (absolute) stands in, else \p Fallback if \p File is below it, else
/// the folder of \p File. Without symbolic links resolved.
std::string sourceRoot(llvm::StringRef File, llvm::StringRef Fallback);

/// The same for the files of \p Commands together: the first kernel tree among
/// them, else by the first of them, else \p Fallback.
std::string sourceRoot(llvm::ArrayRef<CompileCommand> Commands,
                       llvm::StringRef Fallback);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_COMPILEDATABASE_H
