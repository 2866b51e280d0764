//===- TogetherTest.cpp - Units that share a process ----------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Analysis.h"
#include "project/FactsCache.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>

using namespace llvm;
using namespace netdev;

static int Failures = 0;

static void expect(bool Ok, int Line, const char *What) {
  if (!Ok) {
    errs() << "TogetherTest.cpp:" << Line << ": failed: " << What << "\n";
    ++Failures;
  }
}
#define EXPECT(C) expect((C), __LINE__, #C)

namespace {
/// Ends the process that comes to a finding in one file.
class Deadly : public SuppressionFilter {
public:
  bool isSuppressed(const Finding &F, StringRef) override {
    if (F.Where.File == "7.c") {
      std::signal(SIGSEGV, SIG_DFL); // not the sanitizer's
      std::raise(SIGSEGV);
    }
    return false;
  }
  std::vector<std::string> takeErrors() override { return {}; }
};
} // namespace

int main() {
  SmallString<128> Folder;
  if (sys::fs::createUniqueDirectory("together", Folder))
    return 1;
  std::vector<CompileCommand> Commands;
  for (int I = 0; I != 20; ++I) {
    std::string Path = (Folder + "/" + Twine(I) + ".c").str();
    std::error_code EC;
    raw_fd_ostream(Path, EC)
        << "struct net_device;\n"
           "void free_netdev(struct net_device *dev);\n"
           "void f"
        << I
        << "(struct net_device *dev)\n"
           "{\n\tfree_netdev(dev);\n\tfree_netdev(dev);\n}\n";
    Commands.push_back({std::string(Folder), Path,
                        std::vector<std::string>{"clang", "-c", Path}});
  }
  FileDigests Files;
  FactsCache Facts((Folder + "/cache").str(), Files);
  Models Api;
  AnalysisOptions Opts;
  Opts.Api = &Api;
  Opts.Cache = &Facts;
  Opts.Least = Precision::Low;
  auto Run = [&](unsigned Parallel) {
    size_t Told = 0;
    auto Results = analyseUnits(Commands, Folder, Parallel, Opts,
                                [&](size_t Done) { Told = Done; });
    EXPECT(Told == Commands.size() && Results.size() == Commands.size());
    return Results;
  };
  for (const UnitResult &R : Run(2))
    EXPECT(R.Status.Status == UnitStatus::Analysed && R.Findings.size() == 1 &&
           R.From == UnitResult::New);
  for (const UnitResult &R : Run(1))
    EXPECT(R.Findings.size() == 1 && R.From == UnitResult::KeptFindings);
  // One that crashes costs itself, not those it shares a process with.
  Deadly Filter;
  Opts.NoLint = &Filter;
  for (unsigned Parallel : {1u, 4u}) {
    std::vector<UnitResult> Results = Run(Parallel);
    for (size_t I = 0; I != Results.size(); ++I) {
      const UnitStatus &S = Results[I].Status;
      EXPECT(S.File == std::to_string(I) + ".c");
      if (I == 7)
        EXPECT(S.Status == UnitStatus::Failed &&
               S.Reason == "the analysis of this file crashed with signal 11 "
                           "(Segmentation fault)");
      else
        EXPECT(S.Status == UnitStatus::Analysed &&
               Results[I].Findings.size() == 1);
    }
  }
  sys::fs::remove_directories(Folder);
  return Failures != 0;
}
