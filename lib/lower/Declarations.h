//===- Declarations.h - What a tree declares --------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Clang's side of `--check-model`: see model/Signatures.h.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_LOWER_DECLARATIONS_H
#define NETDEV_LINT_LOWER_DECLARATIONS_H

#include "model/Signatures.h"

namespace clang {
class ASTContext;
class Preprocessor;
} // namespace clang

namespace netdev {

/// The functions, macros and records of \p Names in the parsed unit, and the
/// records that those functions take or return a pointer to; sorted by name.
std::vector<Signature> collectSignatures(clang::ASTContext &Ctx,
                                         clang::Preprocessor &PP,
                                         const llvm::StringSet<> &Names);

/// LINUX_VERSION_CODE of the parsed unit, 0 if it is not defined.
unsigned kernelVersion(clang::Preprocessor &PP);

} // namespace netdev

#endif // NETDEV_LINT_LOWER_DECLARATIONS_H
