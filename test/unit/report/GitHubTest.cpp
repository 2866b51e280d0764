//===- GitHubTest.cpp -------------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"

using namespace netdev;

int main() {
  EXPECT_GOLDEN("demo.github", rendered(Format::GitHub, demoRun()));
  // Names with what separates properties; a range of several lines.
  Run R;
  Finding F;
  F.Check = "netdev-leak";
  F.Message = "50%\r\n::error::no";
  F.Where = {"a,b:c=d%.c", 3, 5, 0, 4, 2, 0};
  R.add({F});
  EXPECT_EQ(rendered(Format::GitHub, R),
            "::warning file=a%2Cb%3Ac=d%25.c,line=3,endLine=4,"
            "title=netdev-leak::50%25%0D%0A::error::no\n");
  return failures();
}
