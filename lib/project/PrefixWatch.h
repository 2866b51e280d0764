//===- PrefixWatch.h - Is a unit what it is without prefix ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_PREFIXWATCH_H
#define NETDEV_LINT_PROJECT_PREFIXWATCH_H

#include "project/Prefix.h"
#include "clang/Lex/PPCallbacks.h"
#include <memory>

namespace clang {
class Preprocessor;
class SourceManager;
} // namespace clang

namespace netdev {

/// Notes in \p Into, while a prefix is made, its headers, who includes whom,
/// and, at the end of the file, all identifiers.
std::unique_ptr<clang::PPCallbacks> describePrefix(clang::Preprocessor &PP,
                                                   Prefix &Into);

/// Sets \p Differs, while a unit is parsed after \p P, when it would read
/// otherwise without. See Prefix.h for when that is.
std::unique_ptr<clang::PPCallbacks> watchPrefix(clang::Preprocessor &PP,
                                                const Prefix &P, bool &Differs);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_PREFIXWATCH_H
