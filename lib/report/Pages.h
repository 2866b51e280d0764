//===- Pages.h - The checks' pages, embedded --------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_PAGES_H
#define NETDEV_LINT_REPORT_PAGES_H

#include "llvm/ADT/StringRef.h"

namespace netdev {

/// The Markdown of checks/\p Check.md; the check's sentence from the registry
/// if it has no page, empty if there is no such check.
llvm::StringRef page(llvm::StringRef Check);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_PAGES_H
