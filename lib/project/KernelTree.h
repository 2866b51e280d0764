//===- KernelTree.h - What a kernel tree says of itself ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_KERNELTREE_H
#define NETDEV_LINT_PROJECT_KERNELTREE_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace netdev {

/// "linux 6.12.90" by the first lines of \p Root's Makefile; empty if it is no
/// kernel's.
std::string kernelName(llvm::StringRef Root);

/// LINUX_VERSION_CODE by include/generated/uapi/linux/version.h of \p BuildDir;
/// 0 if there is none. A hint only: the unit's own preprocessor decides.
unsigned kernelVersion(llvm::StringRef BuildDir);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_KERNELTREE_H
