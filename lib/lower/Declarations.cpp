//===- Declarations.cpp - What a tree declares ----------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lower/Declarations.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <tuple>

using namespace clang;
using llvm::StringRef;

namespace netdev {
namespace {

/// The record \p T points to, null if it is no pointer to one.
const RecordDecl *pointee(QualType T) {
  if (!T->isPointerType())
    return nullptr;
  return T->getPointeeType()->getAsRecordDecl();
}

const FunctionProtoType *handler(QualType T) {
  if (T->isPointerType() || T->isArrayType())
    T = T->isPointerType() ? T->getPointeeType()
                           : T->getAsArrayTypeUnsafe()->getElementType();
  if (T->isPointerType()) // an array of function pointers
    T = T->getPointeeType();
  return T->getAs<FunctionProtoType>();
}

SignatureType describe(const ASTContext &Ctx, QualType T) {
  SignatureType S;
  T = T.getCanonicalType();
  S.Text = T.getAsString(Ctx.getPrintingPolicy());
  if (T->isVoidType()) {
    S.Is = SignatureType::Void;
  } else if (const FunctionProtoType *F = handler(T)) {
    S.Is = SignatureType::FunctionPointer;
    for (QualType P : F->param_types()) {
      const RecordDecl *R = pointee(P);
      S.HandlerParams.push_back(R ? R->getNameAsString() : std::string());
    }
  } else if (const RecordDecl *R = pointee(T)) {
    S.Is = SignatureType::RecordPointer;
    S.Record = R->getNameAsString();
  } else if (T->isArithmeticType() || T->isEnumeralType()) {
    S.Is = SignatureType::Number;
  }
  return S;
}

class Collector {
public:
  Collector(ASTContext &Ctx, Preprocessor &PP, const llvm::StringSet<> &Names)
      : Ctx(Ctx), PP(PP), Names(Names) {}

  std::vector<Signature> run() {
    for (const Decl *D : Ctx.getTranslationUnitDecl()->decls())
      if (const auto *F = dyn_cast<FunctionDecl>(D); F && wanted(F))
        add(*F);
      else if (const auto *R = dyn_cast<RecordDecl>(D); R && wanted(R))
        add(*R);
    for (const auto &Name : Names)
      addMacro(Name.getKey());
    std::vector<Signature> All;
    for (auto &Entry : Found)
      All.push_back(std::move(Entry.second));
    return All;
  }

private:
  bool wanted(const NamedDecl *D) {
    return D->getIdentifier() && Names.contains(D->getName());
  }

  Signature &slot(Signature::KindTy Kind, StringRef Name) {
    Signature &S = Found[{Name.str(), Kind}];
    S.Kind = Kind;
    S.Name = Name.str();
    return S;
  }

  void add(const FunctionDecl &F) {
    Signature &S = slot(Signature::Function, F.getName());
    S.NumParams = F.getNumParams();
    S.Variadic = F.isVariadic();
    S.Return = describe(Ctx, F.getReturnType());
    S.Params.clear();
    for (const ParmVarDecl *P : F.parameters()) {
      S.Params.push_back(describe(Ctx, P->getType()));
      if (const RecordDecl *R = pointee(P->getType()))
        add(*R);
    }
    if (const RecordDecl *R = pointee(F.getReturnType()))
      add(*R);
  }

  void add(const RecordDecl &Any) {
    const RecordDecl *R = Any.getDefinition();
    if (!R || !R->getIdentifier() ||
        Found.count({R->getNameAsString(), Signature::Record}))
      return;
    Signature &S = slot(Signature::Record, R->getName());
    addFields(*R, S);
  }

  /// The members of \p R; those of its anonymous members count as its own.
  void addFields(const RecordDecl &R, Signature &S) {
    for (const FieldDecl *F : R.fields()) {
      if (!F->getIdentifier()) {
        if (const RecordDecl *Inner = F->getType()->getAsRecordDecl())
          addFields(*Inner, S);
        continue;
      }
      S.Fields.push_back({F->getNameAsString(), describe(Ctx, F->getType())});
    }
  }

  void addMacro(StringRef Name) {
    // Names may end in a definition, or in `#define ioremap ioremap`.
    const MacroInfo *M = PP.getMacroInfo(PP.getIdentifierInfo(Name));
    if (!M)
      return;
    if (M->isObjectLike() && Found.count({Name.str(), Signature::Function}))
      return;
    Signature &S = slot(Signature::Macro, Name);
    S.NumParams = M->getNumParams();
    // What an object-like macro takes is up to what it stands for.
    S.Variadic = M->isVariadic() || M->isObjectLike();
  }

  ASTContext &Ctx;
  Preprocessor &PP;
  const llvm::StringSet<> &Names;
  std::map<std::pair<std::string, Signature::KindTy>, Signature> Found;
};

} // namespace

std::vector<Signature> collectSignatures(ASTContext &Ctx, Preprocessor &PP,
                                         const llvm::StringSet<> &Names) {
  return Collector(Ctx, PP, Names).run();
}

unsigned kernelVersion(Preprocessor &PP) {
  const MacroInfo *M =
      PP.getMacroInfo(PP.getIdentifierInfo("LINUX_VERSION_CODE"));
  unsigned Version = 0;
  if (M && M->getNumTokens() == 1 &&
      M->getReplacementToken(0).is(tok::numeric_constant) &&
      !PP.getSpelling(M->getReplacementToken(0)).empty() &&
      !StringRef(PP.getSpelling(M->getReplacementToken(0)))
           .getAsInteger(0, Version))
    return Version;
  return 0;
}

} // namespace netdev
