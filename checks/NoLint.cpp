//===- NoLint.cpp - clang-tidy's NOLINT and globs, for the tools ----------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "checks/NoLint.h"
#include "clang-tidy/GlobList.h"
#include "clang-tidy/NoLintDirectiveHandler.h"
#include "lower/ClangCompat.h"
#include "rules/Registry.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Tooling/Core/Diagnostic.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace netdev {

namespace {
class NoLintFilter : public SuppressionFilter, DiagnosticConsumer {
public:
  NoLintFilter()
      : Diags(this), Files(FileSystemOptions()), SM(Diags.engine(), Files) {
    Diags.engine().setSourceManager(&SM);
    Id = Diags.engine().getCustomDiagID(DiagnosticsEngine::Warning, "%0");
  }

  bool isSuppressed(const Finding &F, StringRef Root) override {
    SmallString<256> Name(F.Where.File);
    if (!sys::path::is_absolute(Name)) {
      Name = Root;
      sys::path::append(Name, F.Where.File);
    }
    auto Entry = Files.getOptionalFileRef(Name);
    if (!Entry || !F.Where.Line)
      return false;
    FileID File = SM.getOrCreateFileID(*Entry, SrcMgr::C_User);
    SourceLocation Place =
        SM.translateLineCol(File, F.Where.Line, std::max(1u, F.Where.Column));
    if (Place.isInvalid())
      return false;
    Check = F.Check;
    Hit = false;
    Diags.engine().Report(Place, Id) << F.Message;
    return Hit;
  }

  std::vector<std::string> takeErrors() override {
    return std::exchange(Wrong, {});
  }

private:
  // The handler wants a diagnostic in flight.
  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    SmallVector<tooling::Diagnostic, 1> Errors;
    Hit = Handler.shouldSuppress(Level, Info, Check, Errors, /*AllowIO=*/true,
                                 /*EnableNoLintBlocks=*/true);
    for (const tooling::Diagnostic &E : Errors) {
      std::string File = E.Message.FilePath, Line;
      if (auto Entry = Files.getOptionalFileRef(File)) {
        FileID Id = SM.getOrCreateFileID(*Entry, SrcMgr::C_User);
        Line = std::to_string(SM.getLineNumber(Id, E.Message.FileOffset)) + ":";
      }
      std::string Text = sys::path::filename(File).str() + ":" + Line + " " +
                         E.Message.Message;
      if (Told.insert(Text).second)
        Wrong.push_back(std::move(Text));
    }
  }

  compat::Diagnostics Diags;
  FileManager Files;
  SourceManager SM;
  tidy::NoLintDirectiveHandler Handler;
  unsigned Id = 0;
  std::string Check;
  bool Hit = false;
  std::vector<std::string> Wrong;
  StringSet<> Told;
};
} // namespace

std::unique_ptr<SuppressionFilter> makeNoLintFilter() {
  return std::make_unique<NoLintFilter>();
}

Expected<std::function<bool(StringRef)>> parseCheckGlobs(StringRef Globs) {
  SmallVector<StringRef> Items;
  Globs.split(Items, ',', -1, /*KeepEmpty=*/false);
  for (StringRef Item : Items) {
    StringRef Name = Item.trim();
    Name.consume_front("-");
    if (!Name.contains('*') && !findCheck(Name))
      return createStringError(inconvertibleErrorCode(),
                               "--checks: there is no check '" + Name +
                                   "'; --list-checks names them");
  }
  auto List = std::make_shared<tidy::GlobList>(
      Globs.empty() ? std::string("*") : ("*," + Globs).str());
  for (const CheckInfo &C : checks())
    if (List->contains(C.Name))
      return [List](StringRef Name) { return List->contains(Name); };
  return createStringError(inconvertibleErrorCode(),
                           "--checks: '" + Globs + "' leaves no check");
}

} // namespace netdev
