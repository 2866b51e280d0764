//===- ModelCheck.cpp - The model against a tree's headers ----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/ModelCheck.h"
#include "lower/Declarations.h"
#include "project/Arguments.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;
using namespace llvm;

namespace netdev {

namespace {
class ProbeConsumer : public ASTConsumer {
public:
  ProbeConsumer(CompilerInstance &CI, Models &Api,
                std::optional<ModelReport> &Out)
      : CI(CI), Api(Api), Out(Out) {}

  void HandleTranslationUnit(ASTContext &Ctx) override {
    Preprocessor &PP = CI.getPreprocessor();
    Out.emplace();
    Out->Kernel = kernelVersion(PP);
    const Model &M = Api.get(Out->Kernel);
    Out->Rows = M.functions().size() + M.callbacks().size() +
                M.allObjects().size() + M.fieldBindings().size();
    Out->Problems =
        checkModel(M, collectSignatures(Ctx, PP, signatureNames(M)));
  }

private:
  CompilerInstance &CI;
  Models &Api;
  std::optional<ModelReport> &Out;
};

class ProbeAction : public ASTFrontendAction {
public:
  ProbeAction(Models &Api, std::optional<ModelReport> &Out)
      : Api(Api), Out(Out) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    CI.getFrontendOpts().SkipFunctionBodies = true;
    CI.getFrontendOpts().OutputFile.clear();
    return std::make_unique<ProbeConsumer>(CI, Api, Out);
  }

private:
  Models &Api;
  std::optional<ModelReport> &Out;
};
} // namespace

Expected<ModelReport> checkModelOf(const CompileCommand &C, StringRef Root,
                                   Models &Api) {
  // The probe is a file of the tree by name, so that its headers are found as
  // for any other, and stands in memory only.
  std::string Probe = (Root + "/netdev-lint-probe.c").str();
  auto Memory = makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
  Memory->addFile(Probe, 0,
                  MemoryBuffer::getMemBufferCopy(modelProbeSource(Api.get(0))));
  auto Disk = makeIntrusiveRefCnt<vfs::OverlayFileSystem>(
      IntrusiveRefCntPtr<vfs::FileSystem>(vfs::createPhysicalFileSystem()));
  Disk->pushOverlay(Memory);
  if (std::error_code EC = Disk->setCurrentWorkingDirectory(C.Directory))
    return createStringError(EC, Twine(C.Directory) + ": " + EC.message());
  auto Files =
      makeIntrusiveRefCnt<FileManager>(FileSystemOptions{C.Directory}, Disk);

  std::optional<ModelReport> Report;
  tooling::ToolInvocation Run(parserArguments(C.Arguments.get(), Probe),
                              std::make_unique<ProbeAction>(Api, Report),
                              Files.get());
  // A header that does not suit this configuration leaves the others' names.
  IgnoringDiagConsumer Quiet;
  Run.setDiagnosticConsumer(&Quiet);
  Run.run();
  if (!Report)
    return createStringError(inconvertibleErrorCode(),
                             "the flags of " + C.File + " could not be used");
  return std::move(*Report);
}

const CompileCommand *probeCommand(ArrayRef<CompileCommand> All) {
  for (const CompileCommand &C : All)
    if (StringRef(C.File).contains("/drivers/net/"))
      return &C;
  return All.empty() ? nullptr : &All.front();
}

} // namespace netdev
