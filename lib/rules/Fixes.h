//===- Fixes.h - Statements taken out, moved, put in ------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Edits in terms of the statements that facts know. They name places of the
/// source; fillFixes() puts in the text that stands there, and refuses what the
/// text speaks against.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_FIXES_H
#define NETDEV_LINT_RULES_FIXES_H

#include "ir/IR.h"
#include "rules/Finding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace netdev {

/// The innermost statement of \p F that \p Offset is in; null if none is known.
const ir::Stmt *statementAround(const ir::Function &F, uint32_t Offset);

/// The statement of \p F that begins at \p Offset and has its lines for itself;
/// null if there is none.
const ir::Stmt *statementAt(const ir::Function &F, uint32_t Offset);

/// No jump leads to what begins in [\p Begin, \p End).
bool unlabelled(const ir::Function &F, uint32_t Begin, uint32_t End);

/// The edits; \p S stands alone and can be missed.
std::vector<Edit> dropped(llvm::StringRef File, const ir::Stmt &S);
std::vector<Edit> moved(llvm::StringRef File, const ir::Stmt &S, uint32_t To);
/// \p Line, such as "free_netdev(dev);", before \p S, which may be all of the
/// `if` \p Around.
std::vector<Edit> inserted(llvm::StringRef File, const ir::Stmt &S,
                           const ir::Stmt *Around, llvm::StringRef Line);

/// Fills in the text that the fixes of \p F move. Without the text of their
/// file by \p Source, or if it is not as they take for granted, they go.
void fillFixes(
    Finding &F,
    llvm::function_ref<std::optional<llvm::StringRef>(llvm::StringRef)> Source);

} // namespace netdev

#endif // NETDEV_LINT_RULES_FIXES_H
