//===- Support.h - What the report tests share ------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_TEST_UNIT_REPORT_SUPPORT_H
#define NETDEV_LINT_TEST_UNIT_REPORT_SUPPORT_H

#include "report/Render.h"
#include <map>
#include <string>

/// Records and prints a failed expectation; a test's main returns failures().
#define EXPECT(Cond)                                                           \
  do {                                                                         \
    if (!(Cond))                                                               \
      expectFailed(__FILE__, __LINE__, #Cond);                                 \
  } while (false)
#define EXPECT_EQ(A, B) expectEqual(__FILE__, __LINE__, #A, (A), (B))

void expectFailed(const char *File, int Line, const std::string &What);
void expectEqual(const char *File, int Line, const char *What,
                 const std::string &Got, const std::string &Wanted);
/// The golden file \p Name holds exactly \p Got.
void expectGolden(const char *File, int Line, const std::string &Name,
                  const std::string &Got);
#define EXPECT_GOLDEN(Name, Got) expectGolden(__FILE__, __LINE__, Name, Got)
int failures();

/// Files that exist only in memory.
using Files = std::map<std::string, std::string>;
netdev::SourceAccess sourcesOf(const Files &F);

/// A position from the first byte of \p Needle in \p Text to its end; the
/// \p Nth occurrence, counted from 0.
netdev::Position locate(const std::string &File, const std::string &Text,
                        const std::string &Needle, unsigned Nth = 0);

/// The text of the demonstration driver "drivers/net/demo.c".
const std::string &demoText();
/// A run over the demonstration: two findings on one line, a suppressed one, a
/// failed unit, messages and names that every form has to escape.
netdev::Run demoRun();

/// render() that must not fail.
std::string rendered(netdev::Format F, const netdev::Run &R,
                     const netdev::RenderOptions &Opts = {});
/// parseRun() that must not fail.
netdev::Run parsed(const std::string &Text);
/// The message of parseRun()'s error; empty if there was none.
std::string parseError(const std::string &Text);

#endif // NETDEV_LINT_TEST_UNIT_REPORT_SUPPORT_H
