//===- Module.h - The files of one kernel module ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_MODULE_H
#define NETDEV_LINT_PROJECT_MODULE_H

#include "project/Analysis.h"

namespace netdev {

/// The commands of the C files that make the kernel module \p Name, by the
/// NAME.mod that kbuild leaves beside them (scripts/Makefile.build, cmd_mod:
/// one object a line); `-` and `_` are the same in \p Name. Fails if there is
/// no such file or a source of it is not in \p DB.
llvm::Expected<std::vector<CompileCommand>>
moduleCommands(const CompileDatabase &DB, llvm::StringRef Name);

/// Findings of \p Commands linked to one program, each lowered in a process of
/// its own, \p Parallel at a time. \p Units gets what became of each; one that
/// failed is left out of the program.
UnitResult analyseLinked(llvm::ArrayRef<CompileCommand> Commands,
                         llvm::StringRef Root, unsigned Parallel,
                         const AnalysisOptions &Opts,
                         std::vector<UnitStatus> &Units);

/// The effects of what the modules of \p Commands export
/// (engine/KernelFacts.h), as one unit; \p Parallel and \p Units as above.
ir::Unit collectKernelFacts(llvm::ArrayRef<CompileCommand> Commands,
                            llvm::StringRef Root, unsigned Parallel,
                            const AnalysisOptions &Opts,
                            std::vector<UnitStatus> &Units);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_MODULE_H
