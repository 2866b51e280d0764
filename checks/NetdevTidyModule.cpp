//===- NetdevTidyModule.cpp - The checks as a clang-tidy module -----------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// `clang-tidy --load=netdev-tidy.so --checks='-*,netdev-*'`. A unit is lowered
/// and solved once, however many of its checks are on; each check only tells
/// the findings that are its own.
///
//===----------------------------------------------------------------------===//
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "lower/ClangCompat.h"
#include "lower/Lower.h"
#include "model/Model.h"
#include "rules/Fixes.h"
#include "rules/Registry.h"
#include "rules/Solve.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

#if CLANG_VERSION_MAJOR < 22 // deprecated from then on, gone in 24
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif

using namespace clang;
using namespace llvm;

/// How many units were lowered in this process; read by a test.
extern "C" {
[[gnu::visibility("default")]] unsigned netdevTidyLowerings = 0;
// From LLVM's C interface, in whatever LLVM has loaded this module.
[[gnu::weak]] void LLVMGetVersion(unsigned *Major, unsigned *Minor,
                                  unsigned *Patch);
}

namespace netdev {
namespace {

[[noreturn]] void refuse(const Twine &Message) {
  errs() << "netdev-tidy.so: error: " << Message << "\n";
  errs().flush();
  std::_Exit(2);
}

/// Runs when the module is loaded. In another LLVM it would list its checks
/// and then, its matchers being of another layout, find nothing and exit 0.
struct VersionGuard {
  VersionGuard() {
    unsigned Major = 0, Minor = 0, Patch = 0;
    if (LLVMGetVersion)
      LLVMGetVersion(&Major, &Minor, &Patch);
    if (Major && Major != CLANG_VERSION_MAJOR)
      refuse("built for LLVM " + Twine(CLANG_VERSION_MAJOR) +
             ", loaded by clang-tidy " + Twine(Major) + "; use clang-tidy-" +
             Twine(CLANG_VERSION_MAJOR) + " or the module built for " +
             Twine(Major));
  }
};
const VersionGuard Guard;

/// `netdev.*` among the CheckOptions.
struct Settings {
  Precision Least = Precision::High;
  bool Pedantic = false;
  std::string KernelApi;

  /// By a view of its own, so that --verify-config knows the names.
  explicit Settings(const tidy::ClangTidyCheck::OptionsView &View) {
    StringRef P = View.get("Precision", "high");
    if (P == "low")
      Least = Precision::Low;
    else if (P == "medium")
      Least = Precision::Medium;
    else if (P != "high")
      refuse("netdev.Precision is '" + P + "', not high, medium or low");
    StringRef Ped = View.get("Pedantic", "false");
    Pedantic = Ped == "true" || Ped == "1";
    if (!Pedantic && Ped != "false" && Ped != "0")
      refuse("netdev.Pedantic is '" + Ped + "', not true or false");
    KernelApi = View.get("KernelApi", "").str();
  }

  StringRef precisionName() const {
    return Least == Precision::Low      ? "low"
           : Least == Precision::Medium ? "medium"
                                        : "high";
  }
};

/// Findings of one unit, shared by all checks of its ASTContext.
struct UnitFindings {
  std::vector<Finding> All;

  UnitFindings(ASTContext &Ctx, const Preprocessor *PP, const Settings &S) {
    ++netdevTidyLowerings;
    // Without a root, names stay as this compiler saw them.
    ir::Unit Unit = lower(Ctx, PP, "");
    Model M = Model::builtin(Unit.Kernel);
    SmallVector<StringRef> Files;
    StringRef(S.KernelApi).split(Files, ',', -1, /*KeepEmpty=*/false);
    for (StringRef File : Files) {
      auto Text = MemoryBuffer::getFile(File);
      if (!Text)
        refuse("netdev.KernelApi: " + File + ": " + Text.getError().message());
      if (Error Wrong = M.add((*Text)->getBuffer(), File))
        refuse("netdev.KernelApi: " + toString(std::move(Wrong)));
    }
    SolveOptions Opts;
    Opts.Pedantic = S.Pedantic;
    SolveStats Stats;
    const ir::Unit *One = &Unit;
    All = solve(One, M, Opts, &Stats);
    SourceManager &SM = Ctx.getSourceManager();
    auto Source = [&](StringRef Name) -> std::optional<StringRef> {
      auto File = SM.getFileManager().getOptionalFileRef(Name);
      FileID Id = File ? SM.translateFile(*File) : FileID();
      return Id.isValid() ? SM.getBufferDataOrNone(Id) : std::nullopt;
    };
    for (Finding &F : All)
      fillFixes(F, Source);
    for (const std::string &Text : tooLarge(Stats))
      errs() << Unit.File << ": note: " << Text << "\n";
  }
};

std::shared_ptr<UnitFindings>
findingsOf(ASTContext &Ctx, const Preprocessor *PP, const Settings &S) {
  // The checks of a unit own its findings and end with it, so a context that
  // comes to stand at the same address finds nothing here.
  static std::weak_ptr<UnitFindings> Last;
  static const ASTContext *LastContext = nullptr;
  std::shared_ptr<UnitFindings> Shared = Last.lock();
  if (!Shared || LastContext != &Ctx) {
    Shared = std::make_shared<UnitFindings>(Ctx, PP, S);
    Last = Shared;
    LastContext = &Ctx;
  }
  return Shared;
}

/// True if \p Checks turns on nothing but checks of this module, so that
/// nobody else wants the AST walked.
bool onlyOurs(StringRef Checks) {
  SmallVector<StringRef> Globs;
  Checks.split(Globs, ',', -1, /*KeepEmpty=*/false);
  bool Others = true;
  for (StringRef G : Globs) {
    G = G.trim();
    if (G == "-*")
      Others = false;
    else if (!G.starts_with("-") && !G.starts_with("netdev-"))
      Others = true;
  }
  return !Others;
}

class NetdevCheck : public tidy::ClangTidyCheck {
public:
  NetdevCheck(StringRef Name, tidy::ClangTidyContext *Context)
      : ClangTidyCheck(Name, Context), Name(Name),
        View("netdev", Context->getOptions().CheckOptions, Context), Opts(View),
        Alone(onlyOurs(Context->getOptions().Checks.value_or(""))) {}

  bool isLanguageVersionSupported(const LangOptions &Lang) const override {
    return !Lang.CPlusPlus && !Lang.ObjC;
  }

  void storeOptions(tidy::ClangTidyOptions::OptionMap &Map) override {
    View.store(Map, "Precision", Opts.precisionName());
    View.store(Map, "Pedantic", StringRef(Opts.Pedantic ? "true" : "false"));
    View.store(Map, "KernelApi", StringRef(Opts.KernelApi));
  }

  void registerPPCallbacks(const SourceManager &, Preprocessor *Lexer,
                           Preprocessor *) override {
    PP = Lexer;
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(ast_matchers::translationUnitDecl(), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    ASTContext &Ctx = *Result.Context;
    // A unit with errors is never judged half.
    if (Ctx.getDiagnostics().hasErrorOccurred())
      return;
    Shared = findingsOf(Ctx, PP, Opts);
    for (const Finding &F : Shared->All)
      if (F.Check == Name && F.Trust >= Opts.Least)
        tell(F, Ctx.getSourceManager());
    // The walk over thousands of header functions costs a third of the parse.
    if (Alone)
      Ctx.setTraversalScope({});
  }

private:
  static FileID file(StringRef Name, SourceManager &SM) {
    auto Entry = SM.getFileManager().getOptionalFileRef(Name);
    return Entry ? SM.translateFile(*Entry) : FileID();
  }

  static SourceLocation place(const Position &P, SourceManager &SM) {
    FileID File = file(P.File, SM);
    if (File.isInvalid() || !P.Line)
      return SM.getLocForStartOfFile(SM.getMainFileID());
    return SM.translateLineCol(File, P.Line, std::max(1u, P.Column));
  }

  void tell(const Finding &F, SourceManager &SM) {
    {
      DiagnosticBuilder Diag = diag(place(F.Where, SM), "%0");
      Diag << F.Message;
      for (const Fix &X : F.Fixes)
        for (const Edit &E : X.Edits)
          if (FileID File = file(E.File, SM); File.isValid()) {
            SourceLocation Begin =
                SM.getLocForStartOfFile(File).getLocWithOffset(E.Offset);
            Diag << FixItHint::CreateReplacement(
                CharSourceRange::getCharRange(Begin,
                                              Begin.getLocWithOffset(E.Length)),
                E.Text);
          }
    }
    for (const Step &S : F.Steps)
      diag(place(S.Where, SM), "%0", DiagnosticIDs::Note) << S.Message;
  }

  std::string Name;
  OptionsView View;
  Settings Opts;
  bool Alone;
  const Preprocessor *PP = nullptr;
  std::shared_ptr<UnitFindings> Shared;
};

class NetdevModule : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    for (const CheckInfo &C : checks())
      Factories.registerCheck<NetdevCheck>(C.Name);
  }
};

tidy::ClangTidyModuleRegistry::Add<NetdevModule>
    Registration("netdev-module",
                 "Checks for the lifetime rules of struct net_device.");

} // namespace
} // namespace netdev
