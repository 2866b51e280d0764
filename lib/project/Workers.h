//===- Workers.h - Jobs in processes of their own ---------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_WORKERS_H
#define NETDEV_LINT_PROJECT_WORKERS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include <string>

namespace netdev {

/// Runs \p Job(0) to \p Job(Count - 1), each in a forked process, \p Parallel
/// at a time, and gives what each returned to \p Done, which runs here, in the
/// order the jobs end. A job that dies costs only itself: \p Done gets an error
/// that tells the signal or status. Call it before any thread is started.
///
/// A process per job: what one unit leaves in memory cannot change another's
/// findings, and ending a process is quicker than freeing an AST.
void runForked(
    size_t Count, unsigned Parallel,
    llvm::function_ref<std::string(size_t)> Job,
    llvm::function_ref<void(size_t, llvm::Expected<std::string>)> Done);

/// Cores this process may use, at least one.
unsigned availableCores();

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_WORKERS_H
