//===- BackPointers.cpp - From priv->netdev back to priv --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Program.h"
#include <set>

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

ValId Program::privateOf(ValId Dev) const {
  const Val &V = T.get(Dev);
  if (V.Kind != ValKind::Init || T.get(V.A).Kind != ValKind::Field)
    return 0;
  const Val &Member = T.get(V.A);
  return isBackPointer({Member.Rec, Member.Name}) ? Member.A : 0;
}

/// What the variable \p Var holds at an instruction of \p F: what it was set to
/// last on the one way there; 0 if that is not known.
static ir::ExprId lastSet(const ir::Function &F, ir::ExprId Var, uint32_t Block,
                          uint32_t Inst) {
  for (std::set<uint32_t> Seen; Seen.insert(Block).second;) {
    while (Inst-- > 0) {
      const ir::Inst &In = F.Blocks[Block].Insts[Inst];
      if (In.Kind == InstKind::Assign && In.Temp < 0 && In.Dst == Var)
        return In.Value;
    }
    uint32_t From = ~0u;
    for (uint32_t B = 0; B < F.Blocks.size(); ++B)
      if (llvm::is_contained(ir::successors(F.Blocks[B].Term), Block)) {
        if (From != ~0u)
          return 0;
        From = B;
      }
    if (From == ~0u)
      return 0;
    Block = From;
    Inst = F.Blocks[From].Insts.size();
  }
  return 0;
}

/// \p Priv, used at an instruction of \p F, is the local variable that
/// netdev_priv() of \p Dev, a local variable as well, was given to.
bool Program::isPrivateOf(FuncId F, ir::ExprId Priv, ir::ExprId Dev,
                          uint32_t Block, uint32_t Inst) const {
  const FuncInfo &I = Funcs[F];
  const ir::Expr &Var = I.U->get(Priv);
  ir::ExprId Set = Var.Kind == ExprKind::Load
                       ? lastSet(*I.F, Var.A, Block, Inst)
                       : ir::ExprId(0);
  const ir::Expr &From = I.U->get(Set ? Set : throughLocal(F, Priv));
  if (From.Kind != ExprKind::Temp)
    return false;
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts)
      if (In.Kind == InstKind::Call && In.Temp == From.Int)
        return givesPrivate(F, In) && In.Args[0] == Dev;
  return false;
}

/// \p Call in \p F is netdev_priv(dev), or a function that only returns that of
/// its first parameter.
bool Program::givesPrivate(FuncId F, const ir::Inst &Call) const {
  if (Call.Args.empty())
    return false;
  llvm::StringRef Name = Funcs[F].U->text(Call.Callee);
  if (const ApiFunction *A = M.function(Name))
    return A->Does == Role::PrivAccessor;
  FuncId Body = find(Funcs[F].UnitIndex, Name);
  if (Body == NoFunc || !isSmallHelper(Funcs[Body]))
    return false;
  const ir::Unit &U = *Funcs[Body].U;
  for (const ir::Block &B : Funcs[Body].F->Blocks)
    for (const ir::Inst &In : B.Insts)
      if (In.Kind == InstKind::Call) {
        const ApiFunction *A = M.function(U.text(In.Callee));
        if (!A || A->Does != Role::PrivAccessor)
          continue;
        const ir::Expr &Dev = U.get(In.Args[0]);
        return Dev.Kind == ExprKind::Load &&
               U.get(Dev.A).Kind == ExprKind::Local && U.get(Dev.A).Int == 0;
      }
  return false;
}

void Program::findBackPointers() {
  std::set<FieldKey> Others;
  for (FuncId F = 0; F < Funcs.size(); ++F) {
    const ir::Unit &U = *Funcs[F].U;
    const std::vector<ir::Block> &Blocks = Funcs[F].F->Blocks;
    for (uint32_t B = 0; B < Blocks.size(); ++B)
      for (uint32_t N = 0; N < Blocks[B].Insts.size(); ++N) {
        const ir::Inst &In = Blocks[B].Insts[N];
        const ir::Expr &D = U.get(In.Dst), &V = U.get(In.Value);
        if (In.Kind != InstKind::Assign || In.Temp >= 0 ||
            D.Kind != ExprKind::Field ||
            U.text(D.Type) != "struct net_device *")
          continue;
        FieldKey K{nameOf(Funcs[F].UnitIndex, D.Record),
                   nameOf(Funcs[F].UnitIndex, D.Name)};
        if (V.Kind == ExprKind::Int)
          continue;
        (isPrivateOf(F, D.A, In.Value, B, N) ? BackPointers : Others).insert(K);
      }
  }
  for (FieldKey K : Others)
    BackPointers.erase(K);
}
