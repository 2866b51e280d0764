//===- LineHash.h - GitHub's primaryLocationLineHash ------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The only identity of an alert that GitHub code scanning uses. What it does
/// is described at hash() in github/codeql-action, src/fingerprints.ts; it
/// takes its own value for wrong if ours differs.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_LINEHASH_H
#define NETDEV_LINT_REPORT_LINEHASH_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace netdev {

/// The hash of each line of \p Text (UTF-8), "HEX:N". Of a line: a rolling
/// hash modulo 2^64 of the 100 UTF-16 units that follow its beginning, spaces
/// and tabs left out, all line ends made "\n"; N counts equal hashes from the
/// top of the file.
std::vector<std::string> lineHashes(llvm::StringRef Text);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_LINEHASH_H
