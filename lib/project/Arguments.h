//===- Arguments.h - A kernel command for our parser ------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_ARGUMENTS_H
#define NETDEV_LINT_PROJECT_ARGUMENTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace netdev {

/// The arguments to parse \p File with, made from \p Arguments (the compiler
/// first), which gcc, another clang, or sparse were meant to get. Kept is what
/// can change how C is read: macros, include paths, language, target. Dropped
/// is what writes files, warns, loads plugins or steers code generation, and
/// what the clang in use does not know. A `CC` named `arm-linux-gnueabi-gcc`
/// gives the target. Never fails.
std::vector<std::string> parserArguments(llvm::ArrayRef<std::string> Arguments,
                                         llvm::StringRef File);

/// True if \p Arguments (without the program) are those that kbuild gives to
/// CHECK: the flags for sparse, the compiler's flags, the source last.
bool isKbuildCheck(llvm::ArrayRef<std::string> Arguments);

/// The number of leading \p Arguments that are ours in `CHECK="netdev-lint
/// --precision=low"`.
size_t ownArguments(llvm::ArrayRef<std::string> Arguments);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_ARGUMENTS_H
