//===- KernelFacts.h - What modules offer to others -------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The effects of a tree's own wrappers: exported functions that do something
/// to devices or what lives with them, as facts, so that their callers in other
/// modules are followed into them. Collected once per tree
/// (--write-kernel-facts), used in every run (--kernel-facts).
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_KERNELFACTS_H
#define NETDEV_LINT_ENGINE_KERNELFACTS_H

#include "ir/IR.h"
#include "model/Model.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSet.h"
#include <optional>

namespace netdev {

/// The functions that \p Source, the text of a C file, exports
/// (include/linux/export.h EXPORT_SYMBOL and its variants).
llvm::StringSet<> exportedBy(llvm::StringRef Source);

/// Adds to \p Out what \p U exports, by \p Exported, that \p M has no row for
/// and that concerns devices, and the functions of \p U that it calls.
void addKernelFacts(const ir::Unit &U, const llvm::StringSet<> &Exported,
                    const Model &M, ir::Unit &Out);

/// What \p Units call of \p Library, and what that calls in it in turn; nothing
/// if they call nothing of it, or have it themselves.
std::optional<ir::Unit> neededOf(const ir::Unit &Library,
                                 llvm::ArrayRef<const ir::Unit *> Units);

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_KERNELFACTS_H
