//===- CommandScanner.h - Entries of a compile database ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One pass over the text of a compile_commands.json that only notes where its
/// strings are: a kernel's has 15 to 25 MB, nearly all of it commands that
/// nobody asked for.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_COMMANDSCANNER_H
#define NETDEV_LINT_PROJECT_COMMANDSCANNER_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace netdev {

/// One entry; its texts are still escaped as in JSON.
struct CommandEntry {
  llvm::StringRef Directory, File, Command;
  llvm::SmallVector<llvm::StringRef, 0> Arguments;
};

/// Calls \p Each for every entry of \p Json in order, until it returns false.
/// Fails, with \p Name and the line, on text that is not a list of entries or
/// ends too early.
llvm::Error scanCommands(llvm::StringRef Json, llvm::StringRef Name,
                         llvm::function_ref<bool(const CommandEntry &)> Each);

/// The text that the inside of a JSON string stands for.
std::string unescape(llvm::StringRef Inside);

/// \p Command as a shell splits it (quotes and backslashes; no expansions).
std::vector<std::string> splitCommand(llvm::StringRef Command);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_COMMANDSCANNER_H
