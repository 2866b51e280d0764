//===- ProjectTest.cpp - Commands, flags, patches, workers ----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Arguments.h"
#include "project/CommandScanner.h"
#include "project/CompileDatabase.h"
#include "project/Diff.h"
#include "project/Wire.h"
#include "project/Workers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>

using namespace llvm;
using namespace netdev;

static int Failures = 0;

static void expect(bool Ok, int Line, const char *What) {
  if (!Ok) {
    errs() << "ProjectTest.cpp:" << Line << ": failed: " << What << "\n";
    ++Failures;
  }
}
#define EXPECT(C) expect((C), __LINE__, #C)

static void testArgumentList() {
  std::vector<std::string> Some{"clang", "", "-DX=a b", "e.c"};
  EXPECT(ArgumentList(Some).get() == Some);
  EXPECT(ArgumentList().get().empty());
}

static void testScanner() {
  auto Read = [](StringRef Text) {
    std::string Out;
    Error Wrong = scanCommands(Text, "db", [&](const CommandEntry &E) {
      Out += unescape(E.File) + "|" + unescape(E.Command);
      for (StringRef A : E.Arguments)
        Out += "," + unescape(A);
      Out += ";";
      return true;
    });
    if (Wrong)
      Out += "!" + toString(std::move(Wrong));
    return Out;
  };
  EXPECT(Read("[]") == "");
  EXPECT(Read("[{\"file\":\"a.c\",\"command\":\"cc -DX='\\\"y\\\"'\","
              "\"directory\":\"/\",\"output\":\"a.o\"}]") ==
         "a.c|cc -DX='\"y\"';");
  EXPECT(Read("[{\"file\":\"a.c\",\"arguments\":[\"cc\",\"\\\\\"]}]") ==
         "a.c|,cc,\\;");
  EXPECT(Read("[{\"file\":\"\\u00e4.c\",\"command\":\"c\"}]") ==
         "\xc3\xa4.c|c;");
  EXPECT(Read("") == "!db:1: the file ends too early");
  EXPECT(Read("[\n{\"file\":\"a.c\",\"comm") ==
         "!db:2: the file ends too early");
  EXPECT(Read("[\n{\"file\":\"a.c\"}]") ==
         "!db:2: an entry lacks 'file' or 'command'");
  EXPECT(Read("[{\"file\":1}]") == "!db:1: expected a string");
  EXPECT(Read("{}") == "!db:1: expected a list of commands");
}

static void testSplit() {
  auto Split = [](StringRef S) { return join(splitCommand(S), "|"); };
  EXPECT(Split("  cc  -c a.c ") == "cc|-c|a.c");
  EXPECT(Split("cc -DN='\"e100\"' \"a b\" c\\ d ''") ==
         "cc|-DN=\"e100\"|a b|c d|");
  EXPECT(Split("\"\\x\\\"\"") == "\\x\"");
}

static void testArguments() {
  auto Adapt = [](std::vector<std::string> A) {
    return join(parserArguments(A, "/a.c"), " ");
  };
  std::string A = Adapt({"aarch64-linux-gnu-gcc-12",
                         "-Wp,-MMD,x.d",
                         "-nostdinc",
                         "-I./include",
                         "-include",
                         "./k.h",
                         "-D",
                         "X=1",
                         "-DY",
                         "-UZ",
                         "-std=gnu11",
                         "-fshort-wchar",
                         "-fno-allow-store-data-races",
                         "-fconserve-stack",
                         "-fplugin=./p.so",
                         "-fplugin-arg-p-x",
                         "-mrecord-mcount",
                         "-pg",
                         "-mindirect-branch=thunk-extern",
                         "-falign-functions=64",
                         "-Werror",
                         "-Wno-x",
                         "--param=asan-stack=1",
                         "-fsanitize=kernel-address,bounds",
                         "-fmin-function-alignment=16",
                         "-g",
                         "-O2",
                         "-c",
                         "-o",
                         "a.o",
                         "a.c"});
  for (StringRef Kept :
       {" --target=aarch64-linux-gnu ", " -nostdinc ", " -I ./include ",
        " -include ./k.h ", " -D X=1 ", " -D Y ", " -U Z ", " -std=gnu11 ",
        " -fshort-wchar ", " -O2 ", " -fsanitize=kernel-address ", " -w "})
    EXPECT(StringRef(A).contains(Kept) || (errs() << Kept << "\n", false));
  for (StringRef Gone :
       {"-Wp", "x.d", "-Werror", "-Wno-x", "plugin", "-mrecord", "-pg",
        "indirect", "align", "param", "bounds", " -g ", " -c ", " -o ", "a.o",
        "conserve", "data-races", " a.c"})
    EXPECT(!StringRef(A).contains(Gone) || (errs() << Gone << "\n", false));
  EXPECT(StringRef(A).ends_with(" /a.c"));

  EXPECT(isKbuildCheck({"-D__linux__", "-Wbitwise", "x.c"}));
  EXPECT(isKbuildCheck({"--quiet", "--arch=x86", "-D__KERNEL__", "x.c"}));
  EXPECT(!isKbuildCheck({"--precision=low", "-p", "x", "x.c"}));
  EXPECT(!isKbuildCheck({"-D__linux__", "-Wbitwise", "x.o"}));
  EXPECT(ownArguments({"--quiet", "-D__linux__", "x.c"}) == 1);
}

static void testDiff() {
  auto Lines = ChangedLines::parse("diff --git a/x.c b/x.c\n"
                                   "--- a/x.c\n+++ b/x.c\n"
                                   "@@ -1,3 +1,4 @@ f()\n a\n+b\n c\n d\n"
                                   "@@ -20,2 +21,0 @@\n-p\n-q\n"
                                   "--- a/y.c\n+++ /dev/null\n"
                                   "@@ -1 +0,0 @@\n-x\n",
                                   "p");
  if (!Lines) {
    EXPECT(false);
    consumeError(Lines.takeError());
    return;
  }
  EXPECT(Lines->files() == std::vector<std::string>{"x.c"});
  EXPECT(!Lines->touches("x.c", 1, 1));
  EXPECT(Lines->touches("x.c", 2, 2));
  EXPECT(Lines->touches("x.c", 1, 9));
  EXPECT(!Lines->touches("x.c", 3, 20));
  EXPECT(Lines->touches("x.c", 21, 21)); // before the gap
  EXPECT(Lines->touches("x.c", 22, 22)); // after it
  EXPECT(!Lines->touches("y.c", 1, 1));
  auto Wrong = ChangedLines::parse("no\ndiff\n", "p");
  EXPECT(!Wrong && toString(Wrong.takeError()) == "p: is no unified diff");
  auto Broken = ChangedLines::parse("+++ b/x\n@@ -x +1 @@\n", "p");
  EXPECT(!Broken && StringRef(toString(Broken.takeError())).starts_with("p:2"));
}

static void testWire() {
  UnitResult R;
  R.Status = {"a.c", UnitStatus::Analysed, std::string("\xff\0x", 3)};
  Finding F;
  F.Check = "netdev-leak";
  F.Trust = Precision::Low;
  F.Where.Line = 3;
  F.Steps.push_back({{}, "f", "got", "registered"});
  F.Fixes.push_back({"do", {{"a.c", 1, 2, "x"}}});
  R.Findings.push_back(F);
  R.Stats.States = 1ull << 40;
  std::string Bytes = toWire(R);
  UnitResult Back;
  EXPECT(fromWire(Bytes, Back));
  EXPECT(toWire(Back) == Bytes);
  EXPECT(Back.Status.Reason == R.Status.Reason);
  EXPECT(Back.Findings.size() == 1 && Back.Findings[0].Steps.size() == 1 &&
         Back.Findings[0].Fixes[0].Edits[0].Length == 2);
  for (size_t N = 0; N != Bytes.size(); ++N) {
    UnitResult Cut;
    EXPECT(!fromWire(StringRef(Bytes).take_front(N), Cut));
  }
}

static void testWorkers() {
  for (unsigned Parallel : {1u, 3u, 64u}) {
    std::vector<std::string> Got(20);
    runForked(
        Got.size(), Parallel,
        [](size_t I) -> std::string {
          if (I == 5) {
            std::signal(SIGSEGV, SIG_DFL); // not the sanitizer's
            std::raise(SIGSEGV);
          }
          if (I == 6)
            std::exit(0); // what a fatal error inside a library does
          if (I == 7)
            std::exit(3);
          return std::string(I * 100000, 'x');
        },
        [&](size_t I, Expected<std::string> R) {
          Got[I] = R ? std::to_string(R->size()) : toString(R.takeError());
        });
    for (size_t I = 0; I != Got.size(); ++I)
      if (I < 5 || I > 7)
        EXPECT(Got[I] == std::to_string(I * 100000));
    EXPECT(Got[5] == "crashed with signal 11 (Segmentation fault)");
    EXPECT(Got[6] == "the worker ended early with status 0");
    EXPECT(Got[7] == "the worker ended early with status 3");
  }
}

int main() {
  testArgumentList();
  testScanner();
  testSplit();
  testArguments();
  testDiff();
  testWire();
  testWorkers();
  return Failures != 0;
}
