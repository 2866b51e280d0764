//===- SilenceTest.cpp - Baselines and suppress files -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include "report/Baseline.h"
#include "report/Suppress.h"

using namespace netdev;

static Baseline baseline(const std::string &Text) {
  auto B = parseBaseline(Text, "base.json");
  if (B)
    return *B;
  expectFailed(__FILE__, __LINE__, llvm::toString(B.takeError()));
  return {};
}

static std::string baselineError(const std::string &Text) {
  auto B = parseBaseline(Text, "base.json");
  return B ? "" : llvm::toString(B.takeError());
}

static Run finished(Run R) {
  finish(R);
  return R;
}

static void testBaseline() {
  Run R = finished(demoRun());
  std::string Text = writeBaseline(R);
  EXPECT_GOLDEN("demo.baseline", Text);
  for (const std::string &Form : {Text, rendered(Format::Json, R)}) {
    Run Same = R;
    EXPECT(applyBaseline(Same, baseline(Form)) == 3);
    EXPECT(Same.Findings.empty());
    EXPECT(Same.Suppressed.size() == 1);
  }
  // An entry stands for one finding only: the second one on the line is new.
  Run First = R;
  First.Findings.resize(1);
  Run Next = R;
  EXPECT(applyBaseline(Next, baseline(writeBaseline(First))) == 1);
  EXPECT(Next.Findings.size() == 2);
  EXPECT_EQ(Next.Findings[0].Fingerprint, R.Findings[1].Fingerprint);
  EXPECT(applyBaseline(Next, Baseline()) == 0);
}

/// The demonstration, with its text changed by \p Change and named \p File.
static Run edited(const std::string &Text, const std::string &File) {
  Run R = demoRun();
  R.Source = sourcesOf({{File, Text}});
  R.Findings.resize(1); // the second free on the line
  R.Findings[0].Where = locate(File, Text, "free_netdev(dev)", 2);
  finish(R);
  return R;
}

static void testMoved() {
  const std::string Old = "drivers/net/demo.c";
  Baseline B = baseline(writeBaseline(edited(demoText(), Old)));
  EXPECT(B.Entries.size() == 1);
  Run Inserted = edited("// one\n\n" + demoText(), Old);
  EXPECT(applyBaseline(Inserted, B) == 1);
  Run Renamed = edited(demoText(), "drivers/net/new.c");
  EXPECT(applyBaseline(Renamed, B) == 1);
  // A copy while the old file still stands is new.
  Run Copy = edited(demoText(), "drivers/net/new.c");
  Copy.Source = sourcesOf({{"drivers/net/new.c", ""}, {Old, ""}});
  EXPECT(applyBaseline(Copy, B) == 0);
}

static void testBadBaseline() {
  std::string Good = writeBaseline(finished(demoRun()));
  EXPECT_EQ(baselineError(Good), "");
  EXPECT_EQ(baselineError(""),
            "base.json: empty, expected a baseline of netdev-lint");
  EXPECT_EQ(baselineError(Good.substr(0, 100)),
            "base.json: cut short or not JSON, expected a baseline of "
            "netdev-lint");
  EXPECT_EQ(baselineError("{\"runs\": []}"),
            "base.json: not a baseline of netdev-lint");
  EXPECT_EQ(baselineError("{\"version\": 3, \"baseline\": []}"),
            "base.json: version 3, expected version 1");
  EXPECT_EQ(baselineError("{\"version\": 1, \"baseline\": [{}]}"),
            "base.json: field 'fingerprint' is missing");
  EXPECT_EQ(baselineError("{\"version\": 1, \"baseline\": [7]}"),
            "base.json: field 'fingerprint' is missing");
  EXPECT_EQ(
      writeBaseline(Run()),
      "{\"version\": 1, \"tool\": \"netdev-lint\", \"baseline\": [\n]}\n");
  EXPECT_EQ(baselineError(writeBaseline(Run())), "");
}

static std::string told(const std::string &Text, Run &R,
                        const std::string &Today = "2026-06-15",
                        bool All = true) {
  auto S = SuppressFile::parse(Text, "quiet");
  if (!S)
    return llvm::toString(S.takeError());
  std::string Out;
  for (const std::string &Line : S->apply(R, Today, All))
    Out += Line + "\n";
  return Out;
}

static void testSuppress() {
  Run R = finished(demoRun());
  EXPECT_EQ(told("# why\n\n"
                 "netdev-pending-work drivers/net/größe\\ a.c demo_probe the "
                 "work is a dummy\r\n",
                 R),
            "");
  EXPECT(R.Findings.size() == 2);
  EXPECT(R.Suppressed.size() == 2);
  EXPECT_EQ(R.Suppressed[1].Silence.Justification, "the work is a dummy");
  EXPECT(R.Suppressed[1].Silence.Where == Suppression::External);

  EXPECT_EQ(told("netdev-* drivers/*/demo.c * legacy\n", R), "");
  EXPECT(R.Findings.empty());

  R = finished(demoRun());
  EXPECT_EQ(told("netdev-leak * * none\n", R),
            "quiet:1: warning: 'netdev-leak * *' matches nothing\n");
  EXPECT_EQ(told("netdev-leak * * none\n", R, "2026-06-15", false), "");
  EXPECT(R.Findings.size() == 3);
}

static void testUntil() {
  for (const char *Line :
       {"* * * until=2026-06-15 soon", "* * * soon until=2026-06-15"}) {
    Run R = finished(demoRun());
    EXPECT_EQ(told(Line, R), "");
    EXPECT(R.Findings.empty());
    EXPECT_EQ(R.Suppressed.back().Silence.Justification, "soon");
    R = finished(demoRun());
    EXPECT_EQ(told(Line, R, "2026-06-16", false),
              "quiet:1: warning: '* * *' expired on 2026-06-15\n");
    EXPECT(R.Findings.size() == 3);
  }
  Run R;
  EXPECT_EQ(told("a b c until=2026-13-01 x", R),
            "quiet:1: error: '2026-13-01' is not a date like 2027-01-31");
  EXPECT_EQ(told("a b c until=2026-12-01", R),
            "quiet:1: error: expected 'check file function reason'");
  EXPECT_EQ(told("\na b c\n", R),
            "quiet:2: error: expected 'check file function reason'");
  EXPECT(told("a [ c d", R).find("quiet:1: error: '['") == 0);
}

int main() {
  testBaseline();
  testMoved();
  testBadBaseline();
  testSuppress();
  testUntil();
  return failures();
}
