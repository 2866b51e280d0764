//===- PrefixWatch.cpp - Is a unit what it is without prefix --------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/PrefixWatch.h"
#include "lower/Lower.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace clang;
using namespace llvm;

namespace netdev {

/// \p Name as all of a prefix's paths are written.
static std::string canonical(StringRef Name, const FileManager &Files) {
  SmallString<256> Path(Name);
  Files.makeAbsolutePath(Path);
  sys::path::remove_dots(Path, /*remove_dot_dot=*/false);
  return std::string(Path);
}

namespace {
class Describer : public PPCallbacks {
public:
  Describer(Preprocessor &PP, Prefix &Into) : PP(PP), Into(Into) {}

  void InclusionDirective(SourceLocation Hash, const Token &, StringRef, bool,
                          CharSourceRange, OptionalFileEntryRef File, StringRef,
                          StringRef, const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    if (!File)
      return;
    const SourceManager &SM = PP.getSourceManager();
    unsigned Included = index(File->getName());
    FileID By = SM.getFileID(Hash);
    if (By == SM.getMainFileID())
      return;
    if (auto Entry = SM.getFileEntryRefForID(By))
      Into.Headers[index(Entry->getName())].Includes.push_back(Included);
    else
      Into.Implicit.push_back(Included);
  }

  void EndOfMainFile() override {
    for (const auto &Entry : PP.getIdentifierTable())
      Into.Names.push_back(xxh3_64bits(Entry.getKey()));
    llvm::sort(Into.Names);
    for (Prefix::Header &H : Into.Headers) {
      llvm::sort(H.Includes);
      H.Includes.erase(llvm::unique(H.Includes), H.Includes.end());
    }
  }

private:
  Preprocessor &PP;
  Prefix &Into;
  StringMap<unsigned> Index;

  unsigned index(StringRef Name) {
    std::string Path = canonical(Name, PP.getFileManager());
    auto [It, New] = Index.try_emplace(Path, Into.Headers.size());
    if (New)
      Into.Headers.push_back({Path, {}});
    return It->second;
  }
};

class Watch : public PPCallbacks {
public:
  Watch(Preprocessor &PP, const Prefix &P, bool &Differs)
      : PP(PP), P(P), Differs(Differs), Reached(P.Headers.size()) {
    for (unsigned I = 0; I != P.Headers.size(); ++I)
      Index[P.Headers[I].Path] = I;
    for (unsigned I : P.Implicit)
      reach(I);
  }

  void InclusionDirective(SourceLocation, const Token &, StringRef, bool,
                          CharSourceRange, OptionalFileEntryRef File, StringRef,
                          StringRef, const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    auto It = File ? Index.find(canonical(File->getName(), PP.getFileManager()))
                   : Index.end();
    if (It == Index.end())
      return;
    // Its text was read before those macros were defined; if the unit had met
    // it before, its guard keeps it from being read again.
    bool IsNew = reach(It->second);
    Differs |= Pending && IsNew;
  }

  void MacroDefined(const Token &Name, const MacroDirective *) override {
    changed(Name);
  }
  void MacroUndefined(const Token &Name, const MacroDefinition &,
                      const MacroDirective *) override {
    changed(Name);
  }

  void MacroExpands(const Token &Name, const MacroDefinition &M, SourceRange,
                    const MacroArgs *) override {
    used(M, Name);
  }
  void Defined(const Token &Name, const MacroDefinition &M,
               SourceRange) override {
    used(M, Name);
  }
  void Ifdef(SourceLocation, const Token &Name,
             const MacroDefinition &M) override {
    used(M, Name);
  }
  void Ifndef(SourceLocation, const Token &Name,
              const MacroDefinition &M) override {
    used(M, Name);
  }
  using PPCallbacks::Elifdef;
  using PPCallbacks::Elifndef;
  void Elifdef(SourceLocation, const Token &Name,
               const MacroDefinition &M) override {
    used(M, Name);
  }
  void Elifndef(SourceLocation, const Token &Name,
                const MacroDefinition &M) override {
    used(M, Name);
  }

private:
  Preprocessor &PP;
  const Prefix &P;
  bool &Differs;
  bool Pending = false; ///< a name that headers of the prefix use has changed
  std::vector<bool> Reached; ///< headers that the unit would have got so far
  StringMap<unsigned> Index;
  DenseMap<FileID, bool> Own;
  DenseMap<FileID, int> OfFile; ///< index of a file, -1 if not of the prefix

  /// True if the unit gets \p First or a header below it now only.
  bool reach(unsigned First) {
    SmallVector<unsigned> Work{First};
    bool IsNew = false;
    while (!Work.empty()) {
      unsigned I = Work.pop_back_val();
      if (Reached[I])
        continue;
      Reached[I] = IsNew = true;
      Work.append(P.Headers[I].Includes.begin(), P.Headers[I].Includes.end());
    }
    return IsNew;
  }

  /// The kernel's headers include what they ask for, in any order.
  bool isOwn(const Token &Name) {
    const SourceManager &SM = PP.getSourceManager();
    FileID File = SM.getFileID(SM.getExpansionLoc(Name.getLocation()));
    auto [It, New] = Own.try_emplace(File, true);
    if (New)
      if (auto Entry = SM.getFileEntryRefForID(File))
        It->second = !isKernelHeader(Entry->getName());
    return It->second;
  }

  void changed(const Token &Name) {
    StringRef Text = Name.getIdentifierInfo()->getName();
    if (Pending || !isOwn(Name))
      return;
    // Units with other values of these have other prefixes.
    if (isSharedMacro(Text) &&
        PP.getSourceManager().isWrittenInCommandLineFile(Name.getLocation()))
      return;
    // linux/printk.h and linux/dev_printk.h take these where they are expanded,
    // whoever defined them; the prefix takes the module's name back.
    if (Text == "pr_fmt" || Text == "dev_fmt" ||
        is_contained(unitNameMacros(), Text))
      return;
    Pending =
        std::binary_search(P.Names.begin(), P.Names.end(), xxh3_64bits(Text));
  }

  void used(const MacroDefinition &M, const Token &Name) {
    const MacroInfo *Info = M.getMacroInfo();
    if (Differs || !Info || Info->isBuiltinMacro() || !isOwn(Name))
      return;
    const SourceManager &SM = PP.getSourceManager();
    FileID File = SM.getFileID(Info->getDefinitionLoc());
    auto [It, New] = OfFile.try_emplace(File, -1);
    if (New && SM.isLoadedFileID(File))
      if (auto Entry = SM.getFileEntryRefForID(File)) {
        auto Known =
            Index.find(canonical(Entry->getName(), PP.getFileManager()));
        if (Known != Index.end())
          It->second = Known->second;
      }
    Differs = It->second >= 0 && !Reached[It->second];
  }
};
} // namespace

std::unique_ptr<PPCallbacks> describePrefix(Preprocessor &PP, Prefix &Into) {
  return std::make_unique<Describer>(PP, Into);
}

std::unique_ptr<PPCallbacks> watchPrefix(Preprocessor &PP, const Prefix &P,
                                         bool &Differs) {
  return std::make_unique<Watch>(PP, P, Differs);
}

} // namespace netdev
