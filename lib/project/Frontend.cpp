//===- Frontend.cpp - One translation unit to facts -----------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Frontend.h"
#include "lower/Lower.h"
#include "project/Arguments.h"
#include "project/Invocation.h"
#include "project/PrefixWatch.h"
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

/// What the classes below share about one parse.
struct Job {
  StringRef Root;
  const Prefix *After; ///< may be null
  std::optional<ir::Unit> Out;
  bool Differs = false; ///< from what it would be without After
};

class FactsConsumer : public ASTConsumer {
public:
  FactsConsumer(CompilerInstance &CI, Job &J) : CI(CI), J(J) {}

  bool shouldSkipFunctionBody(Decl *D) override {
    return maySkipBody(D->getASTContext(), *D);
  }

  /// False ends a parse after a prefix as soon as it is known to be in vain.
  bool HandleTopLevelDecl(DeclGroupRef) override {
    return !J.After || (!J.Differs && !CI.getDiagnostics().hasErrorOccurred());
  }

  void HandleTranslationUnit(ASTContext &Ctx) override {
    if (!CI.getDiagnostics().hasErrorOccurred() && !J.Differs)
      J.Out = lower(Ctx, &CI.getPreprocessor(), J.Root);
  }

private:
  CompilerInstance &CI;
  Job &J;
};

class FactsAction : public ASTFrontendAction {
public:
  FactsAction(Job &J) : J(J) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    Preprocessor &PP = CI.getPreprocessor();
    if (J.After)
      PP.addPPCallbacks(watchPrefix(PP, *J.After, J.Differs));
    return std::make_unique<FactsConsumer>(CI, J);
  }

private:
  Job &J;
};

class FactsFactory : public tooling::FrontendActionFactory {
public:
  FactsFactory(Job &J) : J(J) {}

  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<FactsAction>(J);
  }

  bool runInvocation(std::shared_ptr<CompilerInvocation> Invocation,
                     FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> PCH,
                     DiagnosticConsumer *Consumer) override {
    setOptions(*Invocation);
    if (J.After)
      usePrefix(*Invocation, J.After->File);
    return FrontendActionFactory::runInvocation(std::move(Invocation), Files,
                                                std::move(PCH), Consumer);
  }

private:
  Job &J;
};
} // namespace

static Expected<ir::Unit> parse(const CompileCommand &C, StringRef Root,
                                Inputs *Read, const Prefix *After) {
  auto Physical = vfs::createPhysicalFileSystem();
  if (std::error_code EC = Physical->setCurrentWorkingDirectory(C.Directory))
    return createStringError(EC, Twine(C.Directory) + ": " + EC.message());
  IntrusiveRefCntPtr<vfs::FileSystem> FS = std::move(Physical);
  if (Read) {
    *Read = After ? After->Read : Inputs();
    FS = recordInputs(std::move(FS), *Read, After ? After->File : "");
  }
  if (After)
    FS = withPrefixText(std::move(FS));
  auto Files = makeIntrusiveRefCnt<FileManager>(FileSystemOptions(), FS);

  Job J{Root, After, std::nullopt};
  FactsFactory Factory(J);
  FirstError Errors(Root);
  Errors.WorkingDirectory = C.Directory;
  tooling::ToolInvocation Invocation(
      parserArguments(C.Arguments.get(), C.File), &Factory, Files.get(),
      std::make_shared<PCHContainerOperations>());
  Invocation.setDiagnosticConsumer(&Errors);
  bool Ok = Invocation.run();
  if (!Ok || !J.Out)
    return createStringError(inconvertibleErrorCode(),
                             Errors.Text.empty()
                                 ? std::string("the command could not be used")
                                 : Errors.Text);
  return std::move(*J.Out);
}

Expected<ir::Unit> parseFacts(const CompileCommand &C, StringRef Root,
                              ParseOptions &Opts) {
  if (Opts.After) {
    Expected<ir::Unit> U = parse(C, Root, Opts.Read, Opts.After);
    if (U)
      return U;
    consumeError(U.takeError());
    Opts.Again = true;
  }
  return parse(C, Root, Opts.Read, nullptr);
}

} // namespace netdev
