//===- Demo.cpp - The demonstration run in any form -------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// report-demo FORMAT [N] > FILE, for tests that look at the output with other
// programs, and for people. N is how many findings there are.
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include "llvm/Support/raw_ostream.h"

int main(int Count, char **Arguments) {
  auto Format = Count > 1 ? netdev::parseFormat(Arguments[1]) : std::nullopt;
  unsigned Wanted = 0;
  if (!Format || Count > 3 ||
      (Count == 3 && llvm::StringRef(Arguments[2]).getAsInteger(10, Wanted))) {
    llvm::errs() << "usage: report-demo FORMAT [N]\n";
    return 2;
  }
  netdev::Run R = demoRun();
  for (size_t I = 0; R.Findings.size() < Wanted; ++I) {
    netdev::Result Next = R.Findings[I];
    Next.Message += " once more";
    R.Findings.push_back(std::move(Next));
  }
  llvm::outs() << rendered(*Format, R);
  return failures();
}
