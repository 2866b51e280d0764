//===- CodeClimateTest.cpp ---*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"

using namespace netdev;

int main() {
  EXPECT_GOLDEN("demo.codeclimate", rendered(Format::CodeClimate, demoRun()));
  return failures();
}
