//===- Registry.cpp - The checks and rules there are ------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "rules/Registry.h"
#include "llvm/ADT/STLExtras.h"

using namespace netdev;

static const CheckInfo AllChecks[] = {
#define CHECK(Class, Name, Declared, Severity, Sentence)                       \
  {Name, Precision::Declared, Severity, Sentence},
#include "checks/Checks.def"
};

static const RuleInfo AllRules[] = {
#define RULE(Id, Check, Level, Cwe, Sentence)                                  \
  {Id, Check, Grade::Level, Cwe, Sentence},
#include "checks/Checks.def"
};

llvm::ArrayRef<CheckInfo> netdev::checks() { return AllChecks; }

llvm::ArrayRef<RuleInfo> netdev::rules() { return AllRules; }

const CheckInfo *netdev::findCheck(llvm::StringRef Name) {
  const auto *It = llvm::find_if(
      AllChecks, [&](const CheckInfo &C) { return C.Name == Name; });
  return It == std::end(AllChecks) ? nullptr : It;
}

const RuleInfo *netdev::findRule(llvm::StringRef Id) {
  const auto *It =
      llvm::find_if(AllRules, [&](const RuleInfo &R) { return R.Id == Id; });
  return It == std::end(AllRules) ? nullptr : It;
}
