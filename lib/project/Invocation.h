//===- Invocation.h - Options of every parse --------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_INVOCATION_H
#define NETDEV_LINT_PROJECT_INVOCATION_H

#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace clang {
class CompilerInvocation;
} // namespace clang

namespace netdev {

/// What a unit and the prefix before it have in common: no bodies where
/// shouldSkipFunctionBody() says so, no output, no spelling help.
void setOptions(clang::CompilerInvocation &Invocation);

/// Makes the precompiled header \p File come first. The caller answers for its
/// being up to date.
void usePrefix(clang::CompilerInvocation &Invocation, llvm::StringRef File);

/// \p Below with the source of prefixes, which is nowhere on the disk.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
withPrefixText(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Below);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_INVOCATION_H
