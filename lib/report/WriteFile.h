//===- WriteFile.h - A whole file or none -----------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_WRITEFILE_H
#define NETDEV_LINT_REPORT_WRITEFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace netdev {

/// Puts \p Text into \p File, by a neighbour that is renamed: whoever reads
/// sees the old file or the new one, and a full disk or a signal leaves the old
/// one. What is no ordinary file (/dev/stdout, a pipe) is written to as it is.
/// Fails with a message that names the file.
llvm::Error writeFile(llvm::StringRef File, llvm::StringRef Text);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_WRITEFILE_H
