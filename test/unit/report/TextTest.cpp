//===- TextTest.cpp ---------------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include "report/Source.h"
#include <algorithm>

using namespace netdev;

static std::string summary(const Run &R) {
  std::string Text = rendered(Format::Text, R);
  return Text.substr(Text.rfind('\n', Text.size() - 2) + 1);
}

static void testGolden() {
  EXPECT_GOLDEN("demo.txt", rendered(Format::Text, demoRun()));
  EXPECT_GOLDEN("demo.kernel", rendered(Format::Kernel, demoRun()));
  RenderOptions Opts;
  Opts.Color = true;
  EXPECT_GOLDEN("demo.color.txt", rendered(Format::Text, demoRun(), Opts));
  EXPECT_EQ(problems(demoRun()),
            "drivers/net/broken.c: error: 'linux/missing.h' file not found\n"
            "netdev-lint: note: 2 functions were given up by budget\n");
}

static void testKernelIsOneLineEach() {
  std::string Text = rendered(Format::Kernel, demoRun());
  EXPECT(std::count(Text.begin(), Text.end(), '\n') == 3);
  EXPECT(Text.find('\x1b') == std::string::npos);
  Run Empty;
  EXPECT_EQ(rendered(Format::Kernel, Empty), "");
}

static void testOrder() {
  Run R = demoRun();
  std::string Text = rendered(Format::Text, R);
  std::reverse(R.Findings.begin(), R.Findings.end());
  std::reverse(R.Units.begin(), R.Units.end());
  R.Findings.push_back(R.Findings.front()); // found twice
  EXPECT_EQ(rendered(Format::Text, R), Text);
}

static void testSummary() {
  Run R;
  EXPECT_EQ(summary(R), "no warnings in 0 files\n");
  R.Units = {{"a.c", UnitStatus::Analysed, ""}};
  EXPECT_EQ(summary(R), "no warnings in 1 file\n");
  Finding F;
  F.Where.File = "a.c";
  F.Where.Line = F.Where.Column = 1;
  R.add({F});
  F.Where.Line = 2;
  R.add({F});
  EXPECT_EQ(summary(R), "2 warnings in 1 file\n");
  R.Units.push_back({"b.c", UnitStatus::Analysed, ""});
  EXPECT_EQ(summary(R), "2 warnings in 1 of 2 files\n");
}

static void testOddPlaces() {
  // Lines and columns past the end, no source, no line: never a crash.
  Run R;
  R.Source = sourcesOf({{"a.c", "\tx\n"}, {"empty.c", ""}});
  for (const char *File : {"a.c", "empty.c", "gone.c", ""})
    for (uint32_t Line : {0u, 1u, 2u, 4000000000u})
      for (uint32_t Column : {0u, 1u, 300u}) {
        Finding F;
        F.Where.File = File;
        F.Where.Line = Line;
        F.Where.Column = Column;
        F.Where.EndLine = Line;
        F.Where.EndColumn = Column / 2;
        R.add({F});
      }
  EXPECT(!rendered(Format::Text, R).empty());
  EXPECT_EQ(oneLine("a\r\nb\tc\x01\x7f"), "a b c\\x01\\x7F");
}

static void testReadSources() {
  SourceAccess Read = readSourcesBelow(GOLDEN_DIR);
  EXPECT(Read("demo.txt").has_value());
  EXPECT(!Read("../golden/demo.txt").has_value());
  EXPECT(!Read(std::string(GOLDEN_DIR) + "/demo.txt").has_value());
  EXPECT(!Read("nothing-here").has_value());
}

int main() {
  testGolden();
  testKernelIsOneLineEach();
  testOrder();
  testSummary();
  testOddPlaces();
  testReadSources();
  return failures();
}
