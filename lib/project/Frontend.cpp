//===- Frontend.cpp - One translation unit to facts -----------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Frontend.h"
#include "lower/Lower.h"
#include "project/Arguments.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace netdev {

namespace {
/// Keeps the first error.
class FirstError : public DiagnosticConsumer {
public:
  FirstError(StringRef Root) : Root(Root) {}
  std::string Text;

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error || !Text.empty())
      return;
    SmallString<128> Message;
    Info.FormatDiagnostic(Message);
    if (Info.hasSourceManager() && Info.getLocation().isValid()) {
      PresumedLoc P = Info.getSourceManager().getPresumedLoc(
          Info.getSourceManager().getExpansionLoc(Info.getLocation()));
      if (P.isValid()) {
        std::string File = absolutePath(P.getFilename(), WorkingDirectory);
        StringRef Name = File;
        if (Name.consume_front(Root))
          Name = Name.ltrim('/');
        Text = (Name + ":" + Twine(P.getLine()) + ": ").str();
      }
    }
    Text += Message;
  }

  std::string WorkingDirectory;

private:
  StringRef Root;
};

class FactsConsumer : public ASTConsumer {
public:
  FactsConsumer(CompilerInstance &CI, StringRef Root,
                std::optional<ir::Unit> &Out)
      : CI(CI), Root(Root), Out(Out) {}

  bool shouldSkipFunctionBody(Decl *D) override {
    return maySkipBody(D->getASTContext(), *D);
  }

  void HandleTranslationUnit(ASTContext &Ctx) override {
    if (!CI.getDiagnostics().hasErrorOccurred())
      Out = lower(Ctx, &CI.getPreprocessor(), Root);
  }

private:
  CompilerInstance &CI;
  StringRef Root;
  std::optional<ir::Unit> &Out;
};

class FactsAction : public ASTFrontendAction {
public:
  FactsAction(StringRef Root, std::optional<ir::Unit> &Out)
      : Root(Root), Out(Out) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    return std::make_unique<FactsConsumer>(CI, Root, Out);
  }

private:
  StringRef Root;
  std::optional<ir::Unit> &Out;
};

class FactsFactory : public tooling::FrontendActionFactory {
public:
  FactsFactory(StringRef Root, std::optional<ir::Unit> &Out)
      : Root(Root), Out(Out) {}

  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<FactsAction>(Root, Out);
  }

  bool runInvocation(std::shared_ptr<CompilerInvocation> Invocation,
                     FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> PCH,
                     DiagnosticConsumer *Consumer) override {
    FrontendOptions &Opts = Invocation->getFrontendOpts();
    Opts.SkipFunctionBodies = true;
    Opts.OutputFile.clear();
    Invocation->getDependencyOutputOpts() = DependencyOutputOptions();
    // -ferror-limit and spelling help cost time and change nothing here.
    Invocation->getLangOpts().SpellChecking = false;
    // With carets the compiler also prints "1 error generated."
    Invocation->getDiagnosticOpts().ShowCarets = false;
    return FrontendActionFactory::runInvocation(std::move(Invocation), Files,
                                                std::move(PCH), Consumer);
  }

private:
  StringRef Root;
  std::optional<ir::Unit> &Out;
};
} // namespace

Expected<ir::Unit> parseFacts(const CompileCommand &C, StringRef Root,
                              Inputs *Read) {
  auto Physical = vfs::createPhysicalFileSystem();
  if (std::error_code EC = Physical->setCurrentWorkingDirectory(C.Directory))
    return createStringError(EC, Twine(C.Directory) + ": " + EC.message());
  IntrusiveRefCntPtr<vfs::FileSystem> FS = std::move(Physical);
  if (Read)
    FS = recordInputs(std::move(FS), *Read);
  auto Files = makeIntrusiveRefCnt<FileManager>(FileSystemOptions(), FS);

  std::optional<ir::Unit> Unit;
  FactsFactory Factory(Root, Unit);
  FirstError Errors(Root);
  Errors.WorkingDirectory = C.Directory;
  tooling::ToolInvocation Invocation(
      parserArguments(C.Arguments, C.File), &Factory, Files.get(),
      std::make_shared<PCHContainerOperations>());
  Invocation.setDiagnosticConsumer(&Errors);
  bool Ok = Invocation.run();
  if (!Ok || !Unit)
    return createStringError(inconvertibleErrorCode(),
                             Errors.Text.empty()
                                 ? std::string("the command could not be used")
                                 : Errors.Text);
  return std::move(*Unit);
}

} // namespace netdev
