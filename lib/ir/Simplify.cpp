//===- Simplify.cpp - Fewer blocks for the same paths -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/IR.h"
#include "llvm/ADT/STLExtras.h"

using namespace netdev::ir;

/// What ends a block whose condition has one outcome only, or none that
/// matters, becomes a jump. A condition that is not a number is still
/// evaluated: it may dereference.
static void decide(const Unit &U, Block &B) {
  Terminator &T = B.Term;
  if (T.Kind != TermKind::Branch && T.Kind != TermKind::Switch)
    return;
  llvm::SmallVector<uint32_t, 2> Succs = successors(T);
  uint32_t To = T.Succ;
  if (U.get(T.Cond).Kind == ExprKind::Int) {
    int64_t Value = U.get(T.Cond).Int;
    if (T.Kind == TermKind::Branch && !Value)
      To = T.Else;
    for (const SwitchCase &C : llvm::reverse(T.Cases))
      if (C.Lo <= Value && Value <= C.Hi)
        To = C.Succ;
  } else if (llvm::all_equal(Succs)) {
    if (T.Cond) {
      Inst I;
      I.Kind = InstKind::Eval;
      I.Value = T.Cond;
      I.Where = T.Where;
      B.Insts.push_back(std::move(I));
    }
  } else {
    return;
  }
  Loc Where = T.Where;
  T = Terminator();
  T.Kind = TermKind::Jump;
  T.Succ = To;
  T.Where = Where;
}

/// Where control goes on from \p To if nothing happens there.
static uint32_t landing(const Function &F, uint32_t To) {
  for (size_t Hops = 0; Hops != F.Blocks.size(); ++Hops) {
    const Block &B = F.Blocks[To];
    if (!B.Insts.empty() || B.Term.Kind != TermKind::Jump)
      return To;
    To = B.Term.Succ;
  }
  return To; // an empty loop
}

/// How many edges lead to each block, from those that the entry leads to; one
/// leads to the entry.
static std::vector<unsigned> edgesTo(Function &F) {
  std::vector<unsigned> Edges(F.Blocks.size());
  Edges[0] = 1;
  std::vector<uint32_t> Work{0};
  while (!Work.empty()) {
    uint32_t B = Work.back();
    Work.pop_back();
    eachSuccessor(F.Blocks[B].Term, [&](uint32_t To) {
      if (!Edges[To]++)
        Work.push_back(To);
    });
  }
  return Edges;
}

/// Takes the blocks that \p Keep has none of out of \p F.
static void renumber(Function &F, const std::vector<unsigned> &Keep) {
  std::vector<uint32_t> New(F.Blocks.size());
  uint32_t Next = 0;
  for (uint32_t B = 0; B != F.Blocks.size(); ++B) {
    if (!Keep[B])
      continue;
    New[B] = Next;
    if (B != Next)
      F.Blocks[Next] = std::move(F.Blocks[B]);
    ++Next;
  }
  F.Blocks.resize(Next);
  for (Block &B : F.Blocks)
    eachSuccessor(B.Term, [&](uint32_t &To) { To = New[To]; });
}

void netdev::ir::simplify(const Unit &U, Function &F) {
  if (F.Blocks.empty())
    return;
  for (Block &B : F.Blocks)
    decide(U, B);
  for (Block &B : F.Blocks) {
    eachSuccessor(B.Term, [&](uint32_t &To) { To = landing(F, To); });
    decide(U, B); // both arms may have been empty
  }
  std::vector<unsigned> Edges = edgesTo(F);
  for (uint32_t B = 0; B != F.Blocks.size(); ++B) {
    Block &Into = F.Blocks[B];
    while (Edges[B] && Into.Term.Kind == TermKind::Jump &&
           Into.Term.Succ != B && Edges[Into.Term.Succ] == 1) {
      uint32_t From = Into.Term.Succ;
      llvm::move(F.Blocks[From].Insts, std::back_inserter(Into.Insts));
      Into.Term = std::move(F.Blocks[From].Term);
      Edges[From] = 0;
    }
  }
  renumber(F, Edges);
}
