//===- ArrayLoop.cpp - Loops that come to all of an array -------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/ArrayLoop.h"

using namespace netdev;
using ir::ExprId;
using ir::ExprKind;
using ir::InstKind;

namespace {
class ArrayLoop {
public:
  ArrayLoop(Program &P, FuncId F, uint32_t At, ExprId Element)
      : P(P), F(F), At(At), Element(Element), U(*P.func(F).U),
        Body(*P.func(F).F) {}
  bool comesToAll();

private:
  bool findHeader();
  bool countsUp() const;
  bool countsDown() const;
  bool isFixed(ExprId Bound) const;
  bool isUnguarded() const;
  bool asksForElement(ExprId Cond) const;
  bool contains(ExprId Id, ExprId What) const;
  bool dependsOn(ExprId Id, ExprId Local) const;
  ExprId setIn(uint32_t Block, ExprId Local) const;

  Program &P;
  FuncId F;
  uint32_t At;
  ExprId Element;
  const ir::Unit &U;
  const ir::Function &Body;
  std::vector<bool> Inside;     ///< by block: part of the loop
  uint32_t Header = ~0u;        ///< the only way in
  std::vector<uint32_t> Before; ///< the blocks that lead to it from outside
};
} // namespace

bool ArrayLoop::comesToAll() {
  return findHeader() && (countsUp() || countsDown()) && isUnguarded();
}

bool ArrayLoop::findHeader() {
  Inside.resize(Body.Blocks.size());
  for (uint32_t B = 0; B < Inside.size(); ++B)
    Inside[B] = ir::mayReach(Body, At, B) && ir::mayReach(Body, B, At);
  if (!Inside[At])
    return false;
  for (uint32_t B = 0; B < Inside.size(); ++B)
    for (uint32_t To : ir::successors(Body.Blocks[B].Term))
      if (!Inside[B] && Inside[To]) {
        if (Header != ~0u && Header != To)
          return false;
        Header = To;
        Before.push_back(B);
      }
  return Header != ~0u;
}

/// The header asks for `i < bound`, where i starts with 0 and only grows.
bool ArrayLoop::countsUp() const {
  const ir::Terminator &Term = Body.Blocks[Header].Term;
  const ir::Expr &Cond = U.get(Term.Cond);
  if (Term.Kind != ir::TermKind::Branch || Cond.Kind != ExprKind::Binary ||
      (U.text(Cond.Op) != "<" && U.text(Cond.Op) != "!=") ||
      U.get(Cond.A).Kind != ExprKind::Load || !isFixed(Cond.B))
    return false;
  ExprId Index = U.get(Cond.A).A;
  if (U.get(Index).Kind != ExprKind::Local || !dependsOn(Element, Index))
    return false;
  for (uint32_t B : Before) {
    ExprId V = setIn(B, Index);
    if (!V || U.get(V).Kind != ExprKind::Int || U.get(V).Int != 0)
      return false;
  }
  for (uint32_t B = 0; B < Inside.size(); ++B)
    if (ExprId V = Inside[B] ? setIn(B, Index) : 0)
      if (U.get(V).Kind != ExprKind::Binary || U.text(U.get(V).Op) != "+")
        return false;
  return true;
}

/// The header asks for `i >= 0`, where i starts with something that is not how
/// far another loop came with it, and only shrinks.
bool ArrayLoop::countsDown() const {
  const ir::Terminator &Term = Body.Blocks[Header].Term;
  const ir::Expr &Cond = U.get(Term.Cond);
  if (Term.Kind != ir::TermKind::Branch || Cond.Kind != ExprKind::Binary ||
      U.text(Cond.Op) != ">=" || U.get(Cond.B).Kind != ExprKind::Int ||
      U.get(Cond.B).Int != 0 || U.get(Cond.A).Kind != ExprKind::Load)
    return false;
  ExprId Index = U.get(Cond.A).A;
  if (U.get(Index).Kind != ExprKind::Local || !dependsOn(Element, Index))
    return false;
  for (uint32_t B : Before)
    if (ExprId V = setIn(B, Index); !V || contains(V, Index))
      return false;
  for (uint32_t B = 0; B < Inside.size(); ++B)
    if (ExprId V = Inside[B] ? setIn(B, Index) : 0)
      if (U.get(V).Kind != ExprKind::Binary || U.text(U.get(V).Op) != "-")
        return false;
  return true;
}

/// The value that \p Block sets \p Local to, at last; 0 if it does not.
ExprId ArrayLoop::setIn(uint32_t Block, ExprId Local) const {
  ExprId Value = 0;
  for (const ir::Inst &In : Body.Blocks[Block].Insts)
    if (In.Kind == InstKind::Assign && In.Temp < 0 && In.Dst == Local)
      Value = In.Value;
  return Value;
}

/// \p Bound is a number, or a member that nobody counts up.
bool ArrayLoop::isFixed(ExprId Bound) const {
  Bound = P.throughLocal(F, Bound);
  const ir::Expr &X = U.get(Bound);
  if (X.Kind == ExprKind::Int)
    return true;
  FieldKey K = X.Kind == ExprKind::Load ? P.keyOf(F, X.A) : FieldKey();
  if (!K)
    return false;
  for (FuncId G = 0; G < P.functions().size(); ++G)
    for (const ir::Block &B : P.func(G).F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Assign && In.Temp < 0 &&
            P.func(G).U->get(In.Value).Kind == ExprKind::Binary &&
            P.keyOf(G, In.Dst) == K)
          return false;
  return true;
}

/// Whatever decides inside the loop whether control comes to the place asks
/// for nothing but the element.
bool ArrayLoop::isUnguarded() const {
  auto Leads = [&](uint32_t From) {
    auto Leaves = [&](uint32_t, uint32_t To) {
      return !Inside[To] || To == Header;
    };
    return From == At || (Inside[From] && From != Header &&
                          ir::mayReach(Body, From, At, Leaves));
  };
  for (uint32_t B = 0; B < Inside.size(); ++B) {
    const ir::Terminator &Term = Body.Blocks[B].Term;
    if (B == Header || B == At || !Leads(B))
      continue;
    if (!llvm::all_of(ir::successors(Term), Leads) &&
        !(Term.Kind == ir::TermKind::Branch && asksForElement(Term.Cond)))
      return false;
  }
  return true;
}

/// \p Cond is whether a pointer on the way to the element is NULL.
bool ArrayLoop::asksForElement(ExprId Cond) const {
  const ir::Expr &X = U.get(Cond);
  if (X.Kind == ExprKind::Unary && U.text(X.Op) == "!")
    return asksForElement(X.A);
  if (X.Kind == ExprKind::Binary && U.get(X.B).Kind == ExprKind::Int &&
      (U.text(X.Op) == "==" || U.text(X.Op) == "!="))
    return asksForElement(X.A);
  return (X.Kind == ExprKind::Load && contains(Element, Cond)) ||
         contains(Element, P.throughLocal(F, Cond));
}

bool ArrayLoop::contains(ExprId Id, ExprId What) const {
  const ir::Expr &X = U.get(Id);
  return Id == What || (X.A && contains(X.A, What)) ||
         (X.B && contains(X.B, What));
}

/// \p Id, which may go through variables that are set once, depends on what is
/// at \p Local.
bool ArrayLoop::dependsOn(ExprId Id, ExprId Local) const {
  const ir::Expr &X = U.get(Id);
  if (Id == Local)
    return true;
  ExprId Value = P.throughLocal(F, Id);
  return (Value != Id && dependsOn(Value, Local)) ||
         (X.A && dependsOn(X.A, Local)) || (X.B && dependsOn(X.B, Local));
}

bool netdev::comesToAll(Program &P, FuncId F, uint32_t At, ExprId Element) {
  return ArrayLoop(P, F, At, P.throughLocal(F, Element)).comesToAll();
}
