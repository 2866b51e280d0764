//===- Statements.cpp - Where statements stand in the text ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lower/Statements.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace netdev;

namespace {
class Collector {
public:
  Collector(UnitLowering &UL, const FunctionDecl &FD)
      : UL(UL), SM(UL.context().getSourceManager()),
        File(SM.getFileID(FD.getBody()->getBeginLoc())),
        Text(SM.getBufferData(File)) {}

  void block(const CompoundStmt *Block) {
    if (!written(Block->getLBracLoc()))
      return;
    uint32_t Parent = SM.getFileOffset(Block->getLBracLoc());
    for (auto It = Block->body_begin(); It != Block->body_end(); ++It) {
      const Stmt *S = *It;
      bool Labelled = false;
      for (; isa<LabelStmt, SwitchCase>(S); Labelled = true)
        S = isa<LabelStmt>(S) ? cast<LabelStmt>(S)->getSubStmt()
                              : cast<SwitchCase>(S)->getSubStmt();
      // A label needs a statement behind it.
      bool Needed = Labelled && (std::next(It) == Block->body_end() ||
                                 isa<DeclStmt>(*std::next(It)));
      add(S, Parent, Labelled, Needed, 0);
      inside(S, Parent);
    }
  }

  std::vector<ir::Stmt> Out;

private:
  bool written(SourceLocation L) const {
    return L.isFileID() && SM.getFileID(L) == File;
  }

  void inside(const Stmt *S, uint32_t Parent) {
    if (!S || isa<Expr>(S))
      return;
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      return block(Block);
    if (const auto *If = dyn_cast<IfStmt>(S))
      if (!If->getElse() && written(If->getBeginLoc()) &&
          written(If->getRParenLoc()) && isa<Expr, ReturnStmt>(If->getThen()))
        add(If->getThen(), Parent, false, true,
            SM.getFileOffset(If->getRParenLoc()) + 1);
    for (const Stmt *Child : S->children())
      inside(Child, Parent);
  }

  void add(const Stmt *S, uint32_t Parent, bool Labelled, bool Needed,
           uint32_t Brace) {
    ir::Loc L = UL.loc(S->getSourceRange());
    SourceLocation Begin = SM.getExpansionLoc(S->getBeginLoc());
    if (!L.Line || !written(Begin))
      return;
    ir::Stmt X;
    X.Begin = L.Offset - (L.Col - 1);
    X.Indent = L.Col - 1;
    X.End = L.EndOffset;
    X.Parent = Parent;
    X.Brace = Brace;
    X.Labelled = Labelled;
    StringRef Before = Text.substr(X.Begin, X.Indent);
    bool First = Before.find_first_not_of(" \t") == StringRef::npos;
    // A macro such as INIT_WORK() reads like a call, whatever it is made of.
    X.Alone = First &&
              (isa<Expr, ReturnStmt>(S) || S->getBeginLoc().isMacroID()) &&
              Text.substr(X.End).starts_with(";\n");
    if (X.Alone)
      X.End += 2;
    X.Needed = Needed;
    if (First || Labelled)
      Out.push_back(X);
  }

  UnitLowering &UL;
  const SourceManager &SM;
  FileID File;
  StringRef Text;
};
} // namespace

std::vector<ir::Stmt> netdev::statements(UnitLowering &UL,
                                         const FunctionDecl &FD) {
  const auto *Body = dyn_cast_or_null<CompoundStmt>(FD.getBody());
  if (!Body || !Body->getBeginLoc().isFileID())
    return {};
  Collector C(UL, FD);
  C.block(Body);
  return std::move(C.Out);
}
