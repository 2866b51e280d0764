//===- Registry.h - The checks and rules there are --------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What is known of each check and ND rule, read from checks/Checks.def (the
/// only registry) at compile time.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_REGISTRY_H
#define NETDEV_LINT_RULES_REGISTRY_H

#include "rules/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace netdev {

struct CheckInfo {
  llvm::StringRef Name;     ///< "netdev-leak"
  Precision Declared;       ///< trust earned on the corpus
  llvm::StringRef Severity; ///< SARIF security-severity, "7.8"
  llvm::StringRef Sentence; ///< what it says, one sentence
};

struct RuleInfo {
  llvm::StringRef Id;    ///< "ND-L03"
  llvm::StringRef Check; ///< "netdev-double-free"
  Grade Level;
  unsigned Cwe;
  llvm::StringRef Sentence;
};

/// All checks, in the order of Checks.def.
llvm::ArrayRef<CheckInfo> checks();
/// All ND rules, in the order of Checks.def.
llvm::ArrayRef<RuleInfo> rules();
/// The check or rule of that name; null if there is none.
const CheckInfo *findCheck(llvm::StringRef Name);
const RuleInfo *findRule(llvm::StringRef Id);

} // namespace netdev

#endif // NETDEV_LINT_RULES_REGISTRY_H
