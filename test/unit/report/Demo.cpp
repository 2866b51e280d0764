//===- Demo.cpp - The demonstration run in any form -------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// report-demo FORMAT > FILE, for tests that look at the output with other
// programs, and for people.
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include "llvm/Support/raw_ostream.h"

int main(int Count, char **Arguments) {
  auto Format = Count == 2 ? netdev::parseFormat(Arguments[1]) : std::nullopt;
  if (!Format) {
    llvm::errs() << "usage: report-demo FORMAT\n";
    return 2;
  }
  llvm::outs() << rendered(*Format, demoRun());
  return failures();
}
