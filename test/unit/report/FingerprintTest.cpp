//===- FingerprintTest.cpp --------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Fingerprint.h"
#include "Support.h"
#include <set>

using namespace netdev;

static Finding findingAt(const Position &Where) {
  Finding F;
  F.Check = "netdev-double-free";
  F.Rule = "ND-L03";
  F.Message = "'dev' is freed again, first at line 12";
  F.Function = "demo_remove";
  F.Where = Where;
  return F;
}

/// The fingerprints of findings at every "free_netdev(" of \p Text, in order.
static std::vector<std::string> prints(const std::string &Text,
                                       const std::string &File = "a.c") {
  Run R;
  R.Source = sourcesOf({{File, Text}});
  for (unsigned N = 0;; ++N) {
    Position P = locate(File, Text, "free_netdev(", N);
    if (!P.Line || (N && P.Offset <= R.Findings.back().Where.Offset))
      break;
    R.add({findingAt(P)});
  }
  finish(R);
  std::vector<std::string> Out;
  for (const Result &F : R.Findings)
    Out.push_back(F.Fingerprint);
  return Out;
}

static std::string print1(const std::string &Text,
                          const std::string &File = "a.c") {
  auto All = prints(Text, File);
  EXPECT(All.size() == 1);
  return All.empty() ? "" : All.front();
}

static void testRobust() {
  const std::string Base =
      print1("int f;\nvoid g(void)\n{\n\tfree_netdev(dev);\n}\n");
  EXPECT(Base.size() == 16);
  // Pinned: fingerprints are promised to stay.
  EXPECT_EQ(Base, "0e6e7457cf80ad15");
  EXPECT_EQ(
      print1(
          "// more\n\n\nint f;\nvoid g(void)\n{\n\n\tfree_netdev(dev);\n}\n"),
      Base);
  EXPECT_EQ(
      print1(
          "void g(void) {\n  /* why; */\n  free_netdev( dev );\n}\nint f;\n"),
      Base);
  EXPECT_EQ(print1("void g(void)\n{\n\tfree_netdev( // x;\n\t\tdev);\n}\n"),
            Base);
  EXPECT_EQ(
      print1(
          "void g(void)\n{\n#if A && \\\n B\n\tfree_netdev(dev);\n#endif\n}\n"),
      Base);
  EXPECT_EQ(
      print1("int f;\nvoid g(void)\n{\n\tfree_netdev(dev);\n}\n", "b/c.c"),
      Base);
  EXPECT_EQ(print1("void g(void)\r\n{\r\n\tfree_netdev(dev);\r\n}\r\n"), Base);
  EXPECT(print1("void g(void)\n{\n\tfree_netdev(other);\n}\n") != Base);
}

static void testFields() {
  Finding F = findingAt({});
  uint64_t Key = fingerprintKey(F, "free_netdev(dev)");
  auto Differs = [&](auto Change) {
    Finding G = F;
    Change(G);
    return fingerprintKey(G, "free_netdev(dev)") != Key;
  };
  EXPECT(Differs([](Finding &G) { G.Check += "x"; }));
  EXPECT(Differs([](Finding &G) { G.Rule += "x"; }));
  EXPECT(Differs([](Finding &G) { G.Function += "x"; }));
  EXPECT(Differs([](Finding &G) { G.Message += "x"; }));
  EXPECT(!Differs(
      [](Finding &G) { G.Message.replace(G.Message.size() - 2, 2, "345"); }));
  EXPECT(!Differs([](Finding &G) { G.Where.File = "z.c"; }));
  // Where one field ends and the next begins counts.
  EXPECT(Differs([](Finding &G) {
    G.Check += "N";
    G.Rule.erase(0, 1);
  }));
  EXPECT_EQ(withoutLines("at a.c:12:3, lines 4 and line 56 of e100 [2]"),
            "at a.c::, lines  and line  of e100 [2]");
}

static void testOccurrences() {
  auto Three = prints("{free_netdev(dev);\nfree_netdev(dev);\nfree_netdev(x);"
                      "\nfree_netdev(dev);}");
  EXPECT(Three.size() == 4);
  EXPECT(std::set<std::string>(Three.begin(), Three.end()).size() == 4);
  EXPECT_EQ(Three[0], print1("free_netdev(dev);"));
  for (unsigned N : {0u, 1u, 7u, 4000000000u})
    EXPECT(keyOf(fingerprint(0x123456789ABCDEF0, N), N) == 0x123456789ABCDEF0);
  EXPECT_EQ(fingerprint(5, 0), "0000000000000005");
  EXPECT(!keyOf("123", 0));
  EXPECT(!keyOf("00000000000000xz", 0));
  EXPECT(!keyOf("-000000000000001", 0));
}

static void testOddText() {
  // None of these may crash or loop.
  for (const char *Text : {"", "/", "/*", "//", "#", "\"", "'\\", "#\\", "/* *",
                           "#define A /*", "free_netdev(", "a // b"})
    for (size_t At : {0, 1, 100})
      (void)Statements(Text).at(At);
  EXPECT_EQ(Statements("a;b /* ; */ c // ;\n d;e").at(3), "bcd");
  EXPECT_EQ(Statements("x = \"/* no comment\"; y").at(0),
            "x=\"/* no comment\"");
}

/// A finding whose equal predecessor was filtered keeps its fingerprint.
static void testFiltered() {
  const std::string Text = "{free_netdev(dev);free_netdev(dev);}";
  Run R;
  R.Source = sourcesOf({{"a.c", Text}});
  R.add({findingAt(locate("a.c", Text, "free_netdev", 0)),
         findingAt(locate("a.c", Text, "free_netdev", 1))});
  finish(R);
  std::string Second = R.Findings[1].Fingerprint;
  R.Findings.erase(R.Findings.begin());
  finish(R);
  EXPECT_EQ(R.Findings[0].Fingerprint, Second);
}

int main() {
  testRobust();
  testFields();
  testOccurrences();
  testOddText();
  testFiltered();
  return failures();
}
