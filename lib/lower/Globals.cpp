//===- Globals.cpp - Tables and module hooks to facts -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lower/UnitLowering.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace netdev;
using ir::ExprKind;

/// module_init(f) in a module: `int init_module(void)
/// __attribute__((alias("f")))` (include/linux/module.h).
void UnitLowering::moduleHooks(const FunctionDecl *F) {
  const auto *A = F->getAttr<AliasAttr>();
  if (!A)
    return;
  if (F->getName() == "init_module")
    U.ModuleInit = U.str(A->getAliasee());
  if (F->getName() == "cleanup_module")
    U.ModuleExit = U.str(A->getAliasee());
}

/// True if one of the macros that \p L comes from has \p Part in its name.
static bool comesFromMacro(SourceLocation L, llvm::StringRef Part,
                           const ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  for (; L.isMacroID(); L = SM.getImmediateMacroCallerLoc(L))
    if (Lexer::getImmediateMacroName(L, SM, Ctx.getLangOpts()).contains(Part))
      return true;
  return false;
}

/// module_init(f) built in: a variable of type initcall_t or the address kept
/// by __ADDRESSABLE (include/linux/init.h); module_exit(f): __exitcall_f.
void UnitLowering::moduleHooks(const VarDecl *V) {
  llvm::StringRef Name = V->getName();
  // EXPORT_SYMBOL(f) keeps the address of f too (include/linux/export.h).
  bool Init = Name.starts_with("__initcall") ||
              (Name.contains("___addressable_") &&
               comesFromMacro(V->getBeginLoc(), "define_initcall", Ctx));
  if (!V->hasInit() || !(Init || Name.starts_with("__exitcall_")))
    return;
  const Expr *E = V->getInit()->IgnoreParenCasts();
  if (const auto *O = dyn_cast<UnaryOperator>(E))
    E = O->getSubExpr()->IgnoreParenCasts();
  const auto *D = dyn_cast<DeclRefExpr>(E);
  const auto *F = D ? dyn_cast<FunctionDecl>(D->getDecl()) : nullptr;
  // ___ADDRESSABLE(init_module, …) of a module names the alias, not the hook.
  if (!F || F->getNumParams() != 0 || F->hasAttr<AliasAttr>())
    return;
  if (Init && F->getReturnType()->isIntegerType() && ownCode(F->getLocation()))
    U.ModuleInit = U.str(F->getName());
  else if (!Init)
    U.ModuleExit = U.str(F->getName());
}

void UnitLowering::global(const VarDecl *V, llvm::StringRef Owner) {
  ir::Global G;
  G.Name = U.str(globalName(V));
  G.Type = type(V->getType());
  G.Static = !V->isExternallyVisible();
  G.Where = loc(V->getSourceRange());
  if (const RecordDecl *R =
          V->getType()->getBaseElementTypeUnsafe()->getAsRecordDecl())
    G.Record = U.str(recordName(R));
  if (const Expr *Init = V->getInit())
    initialiser(G, "", Init);
  U.Globals.push_back(std::move(G));
}

void UnitLowering::initialiser(ir::Global &G, const std::string &Path,
                               const Expr *Init) {
  Init = Init->IgnoreParenCasts();
  // pm_sleep_ptr(f): (IS_ENABLED(CONFIG_PM_SLEEP) ? (f) : NULL).
  while (const auto *C = dyn_cast<ConditionalOperator>(Init)) {
    bool Taken = false;
    if (!C->getCond()->EvaluateAsBooleanCondition(Taken, Ctx))
      break;
    Init = (Taken ? C->getTrueExpr() : C->getFalseExpr())->IgnoreParenCasts();
  }
  if (const auto *C = dyn_cast<CompoundLiteralExpr>(Init))
    Init = C->getInitializer();
  if (const auto *O = dyn_cast<UnaryOperator>(Init))
    if (O->getOpcode() == UO_AddrOf)
      if (const auto *C = dyn_cast<CompoundLiteralExpr>(
              O->getSubExpr()->IgnoreParenCasts()))
        Init = C->getInitializer();
  if (const auto *L = dyn_cast<InitListExpr>(Init)) {
    if (L->isSemanticForm() == false && L->getSemanticForm())
      L = L->getSemanticForm();
    if (const RecordDecl *R = L->getType()->getAsRecordDecl()) {
      if (R->isUnion()) {
        if (const FieldDecl *F = L->getInitializedFieldInUnion())
          if (L->getNumInits())
            initialiser(G,
                        F->getName().empty()
                            ? Path
                            : Path + (Path.empty() ? "" : ".") +
                                  F->getNameAsString(),
                        L->getInit(0));
        return;
      }
      unsigned I = 0;
      for (const FieldDecl *F : R->fields()) {
        if (F->isUnnamedBitField())
          continue;
        if (I >= L->getNumInits())
          break;
        const Expr *E = L->getInit(I++);
        if (!E || isa<ImplicitValueInitExpr>(E))
          continue;
        initialiser(G,
                    F->getName().empty() ? Path
                                         : Path + (Path.empty() ? "" : ".") +
                                               F->getNameAsString(),
                    E);
      }
      return;
    }
    // Long tables of numbers say nothing about lifetimes.
    if (L->getType()->isArrayType() &&
        L->getType()->getBaseElementTypeUnsafe()->isArithmeticType())
      return;
    for (unsigned I = 0; I < L->getNumInits(); ++I)
      if (const Expr *E = L->getInit(I))
        if (!isa<ImplicitValueInitExpr>(E))
          initialiser(G, Path + "[" + std::to_string(I) + "]", E);
    return;
  }
  ir::Expr V;
  auto Named = [&](const ValueDecl *D) {
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      V.Kind = ExprKind::Func;
      V.Name = U.str(F->getName());
      uses(F);
    } else if (const auto *VD = dyn_cast<VarDecl>(D)) {
      V.Kind = ExprKind::Global;
      V.Name = U.str(globalName(VD));
    }
  };
  if (const auto *D = dyn_cast<DeclRefExpr>(Init)) {
    Named(D->getDecl());
  } else if (const auto *O = dyn_cast<UnaryOperator>(Init)) {
    const auto *D = dyn_cast<DeclRefExpr>(O->getSubExpr()->IgnoreParenCasts());
    if (O->getOpcode() == UO_AddrOf && D)
      Named(D->getDecl());
  } else if (const auto *S = dyn_cast<clang::StringLiteral>(Init)) {
    V.Kind = ExprKind::Str;
    V.Name = U.str(S->getString());
  }
  if (V.Kind == ExprKind::Unknown && Init->getType()->isIntegralType(Ctx)) {
    Expr::EvalResult R;
    if (Init->EvaluateAsInt(R, Ctx)) {
      V.Kind = ExprKind::Int;
      V.Int = R.Val.getInt().getExtValue();
    }
  }
  if (V.Kind != ExprKind::Unknown)
    G.Init.push_back({U.str(Path), U.expr(V), loc(Init->getSourceRange())});
}
