//===- check-model.cpp - The built-in model against a kernel tree ---------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// check-model TREE [FILE.json ...]: names the rows that TREE, which has a
/// compile_commands.json, shows to be dead. The flags are those of its first
/// unit under drivers/net. Exit 1 if there is a problem, 2 if there is no tree.
///
//===----------------------------------------------------------------------===//

#include "lower/Declarations.h"

#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace llvm;

namespace {

struct Check : ASTConsumer {
  Check(CompilerInstance &CI, ArrayRef<StringRef> Files, int &Problems)
      : CI(CI), Files(Files), Problems(Problems) {}

  void HandleTranslationUnit(ASTContext &Ctx) override {
    Preprocessor &PP = CI.getPreprocessor();
    unsigned Kernel = netdev::kernelVersion(PP);
    netdev::Model M = netdev::Model::builtin(Kernel);
    for (StringRef File : Files) {
      auto Text = MemoryBuffer::getFile(File);
      if (!Text) {
        errs() << File << ": " << Text.getError().message() << '\n';
        ++Problems;
      } else if (Error E = M.add((*Text)->getBuffer(), File)) {
        errs() << toString(std::move(E)) << '\n';
        ++Problems;
      }
    }
    auto Tree = netdev::collectSignatures(Ctx, PP, netdev::signatureNames(M));
    auto Found = netdev::checkModel(M, Tree);
    for (const netdev::ModelProblem &P : Found)
      outs() << P.Text << '\n';
    Problems += int(Found.size());
    outs() << "kernel " << (Kernel >> 16) << '.' << (Kernel >> 8 & 255) << '.'
           << (Kernel & 255) << ": " << M.functions().size() << " functions, "
           << M.callbacks().size() << " callbacks, " << M.allObjects().size()
           << " objects, " << M.fieldBindings().size() << " bindings; "
           << Found.size() << " problems\n";
  }

  CompilerInstance &CI;
  ArrayRef<StringRef> Files;
  int &Problems;
};

struct Action : ASTFrontendAction {
  Action(ArrayRef<StringRef> Files, int &Problems)
      : Files(Files), Problems(Problems) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    CI.getFrontendOpts().SkipFunctionBodies = true;
    return std::make_unique<Check>(CI, Files, Problems);
  }
  ArrayRef<StringRef> Files;
  int &Problems;
};

} // namespace

int main(int Argc, char **Argv) {
  if (Argc < 2) {
    errs() << "usage: check-model TREE [FILE.json ...]\n";
    return 2;
  }
  SmallString<128> Root(Argv[1]);
  std::vector<StringRef> Files(Argv + 2, Argv + Argc);
  std::string Why;
  auto Db = tooling::JSONCompilationDatabase::loadFromFile(
      (Root + "/compile_commands.json").str(), Why,
      tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Db) {
    errs() << Why << '\n';
    return 2;
  }
  std::string Probe = (Root + "/netdev-lint-probe.c").str();
  for (const tooling::CompileCommand &C : Db->getAllCompileCommands()) {
    if (!StringRef(C.Filename).contains("drivers/net/"))
      continue;
    std::vector<std::string> Args;
    for (size_t I = 0; I < C.CommandLine.size(); ++I) {
      StringRef A = C.CommandLine[I];
      if (A == "-c" || A == "-Werror" || A.starts_with("-Wp,-MMD") ||
          A.starts_with("-frandomize-layout-seed") ||
          (A.ends_with(".c") && StringRef(C.Filename).ends_with(A)))
        continue;
      if (A == "-o")
        ++I;
      else
        Args.push_back(A.str());
    }
    Args.insert(Args.end(), {"-fsyntax-only", "-w", "-ferror-limit=0", Probe});
    int Problems = 0;
    auto Memory = makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
    Memory->addFile(Probe, 0,
                    MemoryBuffer::getMemBufferCopy(
                        netdev::modelProbeSource(netdev::Model::builtin())));
    auto Disk = makeIntrusiveRefCnt<vfs::OverlayFileSystem>(
        vfs::createPhysicalFileSystem());
    Disk->pushOverlay(Memory);
    Disk->setCurrentWorkingDirectory(C.Directory);
    auto FM =
        makeIntrusiveRefCnt<FileManager>(FileSystemOptions{C.Directory}, Disk);
    tooling::ToolInvocation Run(Args, std::make_unique<Action>(Files, Problems),
                                FM.get());
    if (!Run.run())
      errs() << "note: the probe has errors; what parsed was checked\n";
    return Problems ? 1 : 0;
  }
  errs() << "no unit of drivers/net in " << Root << "/compile_commands.json\n";
  return 2;
}
