//===- NoLint.h - clang-tidy's NOLINT and globs, for the tools --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_CHECKS_NOLINT_H
#define NETDEV_LINT_CHECKS_NOLINT_H

#include "project/Suppression.h"
#include "llvm/Support/Error.h"
#include <functional>
#include <memory>

namespace netdev {

/// A filter that reads NOLINT, NOLINTNEXTLINE, NOLINTBEGIN and NOLINTEND with
/// clang-tidy's NoLintDirectiveHandler.
std::unique_ptr<SuppressionFilter> makeNoLintFilter();

/// The checks that clang-tidy's \p Globs select, added to the default of all.
/// Fails if a name without `*` is no check, or if nothing is left.
llvm::Expected<std::function<bool(llvm::StringRef)>>
parseCheckGlobs(llvm::StringRef Globs);

} // namespace netdev

#endif // NETDEV_LINT_CHECKS_NOLINT_H
