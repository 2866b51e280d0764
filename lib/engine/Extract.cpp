//===- Extract.cpp - Functions taken out of units ---------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Extract.h"
#include "llvm/ADT/Twine.h"

using namespace netdev;
using namespace netdev::ir;

Extractor::Extractor(const Unit &From, Unit &To) : From(From), To(To) {
  // What has been taken out of a unit already bears its file's name.
  auto Note = [&](bool Static, StrId Name) {
    if (Static && !From.text(Name).contains('@'))
      Statics.insert(From.text(Name));
  };
  for (const Function &F : From.Functions)
    Note(F.Static, F.Name);
  for (const Global &G : From.Globals)
    Note(G.Static, G.Name);
}

StrId Extractor::symbol(StrId S) {
  llvm::StringRef Name = From.text(S);
  return Statics.contains(Name)
             ? To.str((llvm::Twine(Name) + "@" + From.File).str())
             : To.str(Name);
}

ExprId Extractor::expr(ExprId E) {
  if (!E)
    return 0;
  if (auto It = Exprs.find(E); It != Exprs.end())
    return It->second;
  Expr X = From.get(E);
  bool Symbol = X.Kind == ExprKind::Func || X.Kind == ExprKind::Global;
  X.Name = Symbol ? symbol(X.Name) : str(X.Name);
  X.Record = str(X.Record);
  X.Type = str(X.Type);
  X.Op = str(X.Op);
  X.A = expr(X.A);
  X.B = expr(X.B);
  ExprId New = To.expr(X);
  Exprs[E] = New;
  return New;
}

Loc Extractor::loc(Loc L) {
  L.File = str(L.File);
  return L;
}

void Extractor::add(const Function &F) {
  Function New = F;
  New.Name = symbol(F.Name);
  New.ReturnType = str(F.ReturnType);
  New.Where = loc(F.Where);
  New.Stmts.clear(); // nobody mends what is elsewhere
  for (Var &V : New.Vars) {
    V.Name = str(V.Name);
    V.Type = str(V.Type);
    V.CleanupFn = symbol(V.CleanupFn);
  }
  for (Block &B : New.Blocks) {
    for (Inst &I : B.Insts) {
      I.Dst = expr(I.Dst);
      I.Value = expr(I.Value);
      I.Callee = symbol(I.Callee);
      I.Target = expr(I.Target);
      for (ExprId &A : I.Args)
        A = expr(A);
      I.Macro = str(I.Macro);
      I.Type = str(I.Type);
      I.Where = loc(I.Where);
    }
    B.Term.Cond = expr(B.Term.Cond);
    B.Term.Where = loc(B.Term.Where);
  }
  To.Functions.push_back(std::move(New));
}
