//===- Lower.h - Clang AST to facts -----------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The only way from Clang to facts: walks the functions of the main file (and
/// of driver-private headers) once.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_LOWER_LOWER_H
#define NETDEV_LINT_LOWER_LOWER_H

#include "ir/IR.h"

namespace clang {
class ASTContext;
class Decl;
class Preprocessor;
} // namespace clang

namespace netdev {

/// The facts of the unit in \p Ctx. \p PP, if not null, gives the kernel's
/// version (LINUX_VERSION_CODE). \p Root is the absolute path of the source
/// root that stored file names are made relative to; empty: names stay as the
/// compiler saw them. Never fails: what cannot be lowered becomes Unknown.
ir::Unit lower(clang::ASTContext &Ctx, const clang::Preprocessor *PP,
               llvm::StringRef Root);

/// True if \p D's body may be skipped by the parser: it stands in a header of
/// the kernel (not a driver's own) and no cleanup attribute needs it.
bool maySkipBody(const clang::ASTContext &Ctx, const clang::Decl &D);

/// True if \p File (as the compiler was given it) is a header of the kernel
/// and not a driver's own.
bool isKernelHeader(llvm::StringRef File);

} // namespace netdev

#endif // NETDEV_LINT_LOWER_LOWER_H
