//===- Pages.cpp - The checks' pages, embedded ------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Pages.h"
#include "rules/Registry.h"

using llvm::StringRef;

StringRef netdev::page(StringRef Check) {
  static const struct {
    StringRef File, Text;
  } All[] = {
#define EMBED(File, Text) {File, Text},
#include "report/Pages.inc"
#undef EMBED
      {"", ""}, // there may be no pages
  };
  for (const auto &P : All) {
    StringRef Name = P.File;
    if (Name.consume_back(".md") && Name == Check)
      return P.Text;
  }
  const CheckInfo *Info = findCheck(Check);
  return Info ? Info->Sentence : StringRef();
}
