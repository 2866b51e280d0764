//===- UnitLowering.cpp - One translation unit to facts ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lower/UnitLowering.h"
#include "lower/FunctionLowering.h"
#include "lower/Lower.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace netdev;

bool netdev::isKernelHeader(llvm::StringRef File) {
  // kbuild hands out headers as ./include/…, ./arch/…, or below $(srctree).
  for (llvm::StringRef Dir : {"include", "arch", "tools"})
    for (auto It = llvm::sys::path::begin(File), E = llvm::sys::path::end(File);
         It != E; ++It)
      if (*It == Dir)
        return File.ends_with(".h");
  return false;
}

bool netdev::maySkipBody(const ASTContext &Ctx, const Decl &D) {
  const SourceManager &SM = Ctx.getSourceManager();
  SourceLocation L = SM.getExpansionLoc(D.getLocation());
  if (L.isInvalid() || SM.isInMainFile(L))
    return false;
  const auto *ND = dyn_cast<NamedDecl>(&D);
  // include/linux/cleanup.h: the bodies behind __free(x) and guard(x).
  if (ND && ND->getIdentifier() &&
      (ND->getName().starts_with("__free_") ||
       (ND->getName().starts_with("class_") &&
        (ND->getName().ends_with("_destructor") ||
         ND->getName().ends_with("_constructor")))))
    return false;
  return isKernelHeader(SM.getFilename(L));
}

UnitLowering::UnitLowering(ASTContext &Ctx, llvm::StringRef Root)
    : Ctx(Ctx), Root(Root) {}

std::string UnitLowering::relative(llvm::StringRef File) const {
  llvm::SmallString<256> Path(File);
  if (!llvm::sys::path::is_absolute(Path))
    Ctx.getSourceManager().getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  llvm::StringRef P = Path;
  if (!Root.empty() && P.consume_front(Root)) {
    while (P.consume_front("/"))
      ;
    return P.str();
  }
  return Root.empty() ? File.str() : Path.str().str();
}

ir::Loc UnitLowering::loc(SourceRange R) {
  ir::Loc L;
  const SourceManager &SM = Ctx.getSourceManager();
  SourceLocation B = SM.getExpansionLoc(R.getBegin());
  SourceLocation E = SM.getExpansionRange(R.getEnd()).getEnd();
  if (B.isInvalid())
    return L;
  auto [FID, Off] = SM.getDecomposedLoc(B);
  auto [It, New] = FileCache.try_emplace(FID.getHashValue(), 0);
  if (New)
    It->second = U.str(relative(SM.getFilename(B)));
  L.File = It->second;
  L.Offset = Off;
  L.Line = SM.getLineNumber(FID, Off);
  L.Col = SM.getColumnNumber(FID, Off);
  auto [EndFID, EndOff] = SM.getDecomposedLoc(E);
  if (EndFID != FID || EndOff < Off)
    EndOff = Off;
  EndOff += Lexer::MeasureTokenLength(SM.getComposedLoc(FID, EndOff), SM,
                                      Ctx.getLangOpts());
  L.EndOffset = EndOff;
  L.EndLine = SM.getLineNumber(FID, EndOff);
  L.EndCol = SM.getColumnNumber(FID, EndOff);
  return L;
}

ir::StrId UnitLowering::type(QualType T) {
  if (T.isNull())
    return 0;
  T = T.getCanonicalType();
  auto [It, New] = TypeCache.try_emplace(T.getAsOpaquePtr(), 0);
  if (!New)
    return It->second;
  // Our own spelling: Clang's own changes between versions.
  std::string Suffix;
  QualType Q = T;
  while (true) {
    if (const auto *P = Q->getAs<PointerType>()) {
      Suffix.insert(0, "*");
      Q = P->getPointeeType().getCanonicalType();
    } else if (const auto *A = Ctx.getAsArrayType(Q)) {
      Suffix += "[]";
      Q = A->getElementType().getCanonicalType();
    } else {
      break;
    }
  }
  std::string Name;
  if (const auto *R = Q->getAs<RecordType>())
    Name = std::string(R->getDecl()->isUnion() ? "union " : "struct ") +
           recordName(R->getDecl());
  else if (Q->isFunctionType())
    Name = "fn";
  else if (Q->isVoidType())
    Name = "void";
  else if (Q->isBooleanType())
    Name = "bool";
  else if (Q->isEnumeralType())
    Name = "enum";
  else if (Q->isIntegerType())
    Name = (Q->isSignedIntegerType() ? "i" : "u") +
           std::to_string(Ctx.getTypeSize(Q));
  else
    Name = "?";
  if (!Suffix.empty() && Suffix[0] == '*')
    Name += ' ';
  ir::StrId Id = U.str(Name + Suffix);
  TypeCache[T.getAsOpaquePtr()] = Id;
  return Id;
}

std::string UnitLowering::recordName(const RecordDecl *R) {
  while (R->isAnonymousStructOrUnion()) {
    const auto *Outer = dyn_cast<RecordDecl>(R->getDeclContext());
    if (!Outer)
      break;
    R = Outer;
  }
  if (R->getIdentifier())
    return R->getName().str();
  if (const TypedefNameDecl *T = R->getTypedefNameForAnonDecl())
    return T->getName().str();
  auto It = AnonymousName.find(R);
  if (It != AnonymousName.end())
    return It->second;
  // `struct { … } stats;` inside struct foo is foo.stats.
  std::string Name = "(unnamed)";
  if (const auto *Outer = dyn_cast<RecordDecl>(R->getDeclContext()))
    for (const FieldDecl *F : Outer->fields()) {
      const Type *T = F->getType()->getBaseElementTypeUnsafe();
      const RecordDecl *FR = T->getAsRecordDecl();
      if (FR && FR->getCanonicalDecl() == R->getCanonicalDecl())
        Name = recordName(Outer) + "." + F->getName().str();
    }
  AnonymousName[R] = Name;
  return Name;
}

ir::StrId UnitLowering::macroOf(SourceLocation L) {
  const SourceManager &SM = Ctx.getSourceManager();
  llvm::StringRef Name;
  while (L.isMacroID()) {
    if (SM.isMacroArgExpansion(L)) {
      L = SM.getImmediateSpellingLoc(L);
      continue;
    }
    Name = Lexer::getImmediateMacroName(L, SM, Ctx.getLangOpts());
    L = SM.getImmediateExpansionRange(L).getBegin();
  }
  return Name.empty() ? 0 : U.str(Name);
}

bool UnitLowering::ownCode(SourceLocation L) {
  const SourceManager &SM = Ctx.getSourceManager();
  L = SM.getExpansionLoc(L);
  if (L.isInvalid())
    return false;
  FileID FID = SM.getFileID(L);
  auto [It, New] = OwnCache.try_emplace(FID.getHashValue(), false);
  if (New)
    It->second = SM.isInMainFile(L) || !isKernelHeader(SM.getFilename(L));
  return It->second;
}

void UnitLowering::needsBody(const FunctionDecl *F) {
  const FunctionDecl *Def = nullptr;
  if (F->isDefined(Def) && Wanted.insert(Def->getCanonicalDecl()).second)
    Queue.push_back(Def);
}

bool UnitLowering::onDemand(const FunctionDecl *F) const {
  const SourceManager &SM = Ctx.getSourceManager();
  return F->isInlineSpecified() && !F->isExternallyVisible() &&
         !SM.isInMainFile(SM.getExpansionLoc(F->getLocation()));
}

void UnitLowering::uses(const FunctionDecl *F) {
  const FunctionDecl *Def = nullptr;
  if (F->isDefined(Def) && onDemand(Def) && ownCode(Def->getLocation()))
    needsBody(Def);
}

std::string UnitLowering::name(const NamedDecl *D) {
  // __UNIQUE_ID() in linux/compiler.h, __initcall_name() in linux/init.h and
  // compiletime_assert() in linux/compiler_types.h name by __COUNTER__, which
  // every header moves on.
  llvm::StringRef Name = D->getName();
  if (Name.starts_with("__compiletime_assert_"))
    return Name.rtrim("0123456789").str();
  for (llvm::StringRef Counted : {"__UNIQUE_ID_", "__initcall__kmod_"})
    if (Name.starts_with(Counted)) {
      auto [It, New] = CountedNames.try_emplace(Name, CountedNames.size());
      if (Counted == "__UNIQUE_ID_")
        Counted = Name.rtrim("0123456789");
      return Counted.str() + std::to_string(It->second);
    }
  return Name.str();
}

std::string UnitLowering::globalName(const VarDecl *V) {
  if (const auto *F = dyn_cast<FunctionDecl>(V->getDeclContext()))
    return F->getNameAsString() + "." + name(V);
  return name(V);
}

ir::Unit UnitLowering::run(uint32_t Kernel) {
  const SourceManager &SM = Ctx.getSourceManager();
  U.Kernel = Kernel;
  if (auto Main = SM.getFileEntryRefForID(SM.getMainFileID()))
    U.File = relative(Main->getName());
  // What a precompiled header holds is no own code and stays unloaded.
  for (const Decl *D : Ctx.getTranslationUnitDecl()->noload_decls()) {
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      if (F->hasAttr<AliasAttr>())
        moduleHooks(F);
      if (!ownCode(F->getLocation()))
        continue;
      if (!F->isDefined() && F->getIdentifier())
        U.Elsewhere.push_back(U.str(name(F)));
      else if (F->doesThisDeclarationHaveABody() && !onDemand(F))
        needsBody(F);
    } else if (const auto *V = dyn_cast<VarDecl>(D)) {
      if (!V->isThisDeclarationADefinition() || !ownCode(V->getLocation()))
        continue;
      moduleHooks(V);
      global(V, "");
    }
  }
  // Lowering a body may ask for more.
  for (size_t I = 0; I < Queue.size(); ++I) {
    ir::Function F = FunctionLowering(*this, *Queue[I]).run();
    if (!F.Blocks.empty())
      U.Functions.push_back(std::move(F));
  }
  return std::move(U);
}

/// LINUX_VERSION_CODE as the unit saw it; most do not include linux/version.h,
/// then as kbuild generated it where the unit is compiled; else 0.
static uint32_t kernelVersion(ASTContext &Ctx, const Preprocessor *PP) {
  uint32_t Code = 0;
  const IdentifierInfo *II =
      PP ? PP->getIdentifierInfo("LINUX_VERSION_CODE") : nullptr;
  const MacroInfo *MI = II ? PP->getMacroInfo(II) : nullptr;
  if (MI && MI->getNumTokens() == 1 && MI->getReplacementToken(0).isLiteral() &&
      !llvm::StringRef(PP->getSpelling(MI->getReplacementToken(0)))
           .getAsInteger(10, Code))
    return Code;
  auto Generated = Ctx.getSourceManager().getFileManager().getBufferForFile(
      "include/generated/uapi/linux/version.h");
  if (Generated) {
    llvm::StringRef Text = (*Generated)->getBuffer();
    Text = Text.substr(Text.find("LINUX_VERSION_CODE ")).split(' ').second;
    Text.consumeInteger(10, Code);
  }
  return Code;
}

ir::Unit netdev::lower(ASTContext &Ctx, const Preprocessor *PP,
                       llvm::StringRef Root) {
  return UnitLowering(Ctx, Root).run(kernelVersion(Ctx, PP));
}
