//===- MergeTest.cpp --------------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include <random>

using namespace netdev;

static Run empty(const Run &Like) {
  Run R = Like;
  R.Units.clear();
  R.Findings.clear();
  R.Suppressed.clear();
  R.Notices.clear();
  return R;
}

static Run merged(const std::vector<Run> &Parts) {
  auto R = merge(Parts);
  if (R)
    return *R;
  expectFailed(__FILE__, __LINE__, llvm::toString(R.takeError()));
  return {};
}

/// A run with many equal findings, some in a header that several units see.
static Run bigRun() {
  Run R = demoRun();
  Finding F = R.Findings[0];
  std::string Text;
  for (unsigned I = 0; I != 40; ++I)
    Text += "\tfree_netdev(dev);\n";
  R.Source = sourcesOf({{"drivers/net/demo.c", demoText()},
                        {"drivers/net/größe a.c", demoText()},
                        {"drivers/net/demo.h", Text}});
  for (unsigned I = 0; I != 40; ++I) {
    F.Where = locate("drivers/net/demo.h", Text, "free_netdev(dev)", I);
    R.add({F});
  }
  for (unsigned I = 0; I != 30; ++I)
    R.Units.push_back(
        {"drivers/net/u" + std::to_string(I) + ".c", UnitStatus::Analysed, ""});
  return R;
}

/// Deals all of \p R to \p N parts; some findings go to two parts, as those in
/// headers do. Each part goes through JSON, as on many machines.
static std::vector<Run> deal(const Run &R, unsigned N, std::mt19937 &Random) {
  std::vector<Run> Parts(N, empty(R));
  auto Pick = [&]() -> Run & { return Parts[Random() % N]; };
  for (const auto &U : R.Units)
    Pick().Units.push_back(U);
  for (const auto &F : R.Findings)
    for (unsigned Copies = 1 + Random() % 2; Copies; --Copies)
      Pick().Findings.push_back(F);
  for (const auto &F : R.Suppressed)
    Pick().Suppressed.push_back(F);
  for (const auto &M : R.Notices)
    Pick().Notices.push_back(M);
  for (Run &P : Parts) {
    P = parsed(rendered(Format::Json, P));
    P.Source = nullptr; // the machine that merges need not have the tree
  }
  return Parts;
}

static void testSharding() {
  const Run Whole = bigRun();
  const std::string Want = rendered(Format::Json, Whole);
  std::mt19937 Random(7);
  for (unsigned N : {1, 2, 3, 8})
    for (unsigned Round = 0; Round != 8; ++Round) {
      std::vector<Run> Parts = deal(Whole, N, Random);
      EXPECT_EQ(rendered(Format::Json, merged(Parts)), Want);
      // Any order and any grouping.
      std::shuffle(Parts.begin(), Parts.end(), Random);
      while (Parts.size() > 1) {
        size_t I = Random() % (Parts.size() - 1);
        Run Two = merged({Parts[I], Parts[I + 1]});
        Parts.erase(Parts.begin() + I, Parts.begin() + I + 2);
        Parts.insert(Parts.begin() + Random() % (Parts.size() + 1), Two);
      }
      EXPECT_EQ(rendered(Format::Json, Parts[0]), Want);
      Run Again = merged({Parts[0], Parts[0]});
      EXPECT_EQ(rendered(Format::Json, Again), Want);
      Again.Source = Whole.Source;
      for (Format F : {Format::Text, Format::Sarif, Format::CodeClimate})
        EXPECT_EQ(rendered(F, Again), rendered(F, Whole));
    }
}

static void testStatus() {
  Run A = empty(demoRun()), B = A, C = A;
  A.Units = {{"a.c", UnitStatus::Skipped, "not in this part"},
             {"b.c", UnitStatus::Failed, "cut"}};
  B.Units = {{"a.c", UnitStatus::Analysed, ""},
             {"b.c", UnitStatus::Analysed, ""}};
  Run M = merged({A, B});
  EXPECT(M.Units.size() == 2);
  EXPECT(M.Units[0].Status == UnitStatus::Analysed);
  EXPECT(M.Units[1].Status == UnitStatus::Failed);
  EXPECT(M.anyFailed());
}

static void testTrust() {
  Run A = empty(demoRun()), B = A;
  Finding F = demoRun().Findings[0];
  F.Trust = Precision::Medium;
  A.add({F});
  F.Trust = Precision::High; // more files were linked
  B.add({F});
  for (const Run &M : {merged({A, B}), merged({B, A})}) {
    EXPECT(M.Findings.size() == 1);
    EXPECT(M.Findings[0].Trust == Precision::High);
  }
  A.Suppressed.emplace_back(F);
  EXPECT(merged({A, B}).Findings.empty());
  EXPECT(merged({B, A}).Suppressed.size() == 1);
}

static void testRefused() {
  auto Error = [](const Run &A, const Run &B) {
    auto R = merge({A, B});
    return R ? std::string() : llvm::toString(R.takeError());
  };
  Run A = demoRun(), B = A;
  B.Tree = "linux 6.1.100%s";
  EXPECT_EQ(Error(A, B), "cannot merge runs of different trees: 'linux "
                         "6.12.117' and 'linux 6.1.100%s'");
  B = A;
  B.LLVMVersion = "19.1.7";
  EXPECT_EQ(Error(A, B), "cannot merge runs of different versions of LLVM: "
                         "'22.1.8' and '19.1.7'");
  EXPECT_EQ(Error(A, A), "");
  EXPECT_EQ(llvm::toString(merge({}).takeError()), "no runs to merge");
}

/// One part knew that an equal finding stands before this one but a filter took
/// it out; another part never saw it.
static void testFiltered() {
  Run Whole = demoRun();
  finish(Whole);
  Run A = Whole, B = empty(Whole);
  A.Findings = {Whole.Findings[1]};
  EXPECT(A.Findings[0].Occurrence == 1);
  B.add({static_cast<const Finding &>(Whole.Findings[1])});
  finish(B);
  EXPECT(B.Findings[0].Occurrence == 0);
  for (const Run &M : {merged({A, B}), merged({B, A})}) {
    EXPECT(M.Findings.size() == 1);
    EXPECT_EQ(M.Findings[0].Fingerprint, A.Findings[0].Fingerprint);
  }
}

int main() {
  testFiltered();
  testSharding();
  testStatus();
  testTrust();
  testRefused();
  return failures();
}
