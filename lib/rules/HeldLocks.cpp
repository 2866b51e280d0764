//===- HeldLocks.cpp - Mutexes held at a place ------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/HeldLocks.h"
#include "model/Idioms.h"

using namespace netdev;

/// What both paths hold.
static void meet(HeldLocks::Held &H, const HeldLocks::Held &Other) {
  for (auto It = H.begin(); It != H.end();)
    It = Other.count(It->first) ? std::next(It) : H.erase(It);
}

FieldKey HeldLocks::lockOf(FuncId F, const ir::Inst &I) {
  return I.Args.empty() ? FieldKey{} : P.keyOf(F, P.throughLocal(F, I.Args[0]));
}

void HeldLocks::step(FuncId F, uint32_t Block, uint32_t Inst, Held &H) {
  const FuncInfo &Info = P.func(F);
  const ir::Inst &I = Info.F->Blocks[Block].Insts[Inst];
  if (I.Kind != ir::InstKind::Call || !I.Callee)
    return;
  llvm::StringRef Name = Info.U->text(I.Callee);
  switch (mutexStep(Name)) {
  case MutexStep::Lock:
    if (FieldKey K = lockOf(F, I))
      H[K] = {Block, Inst};
    return;
  case MutexStep::Unlock:
    // Through a pointer nothing is known of it may be any of them.
    if (FieldKey K = lockOf(F, I))
      H.erase(K);
    else
      H.clear();
    return;
  case MutexStep::Unknown:
    break;
  }
  FuncId Callee = P.find(Info.UnitIndex, Name);
  if (Callee == NoFunc)
    return;
  const Summary &S = of(Callee);
  for (FieldKey K : S.Drops)
    H.erase(K);
  for (const auto &[K, Where] : S.AtEnd)
    H[K] = {Block, Inst};
}

const HeldLocks::Summary &HeldLocks::of(FuncId F) {
  auto [It, New] = Known.try_emplace(F);
  if (!New)
    return It->second; // in recursion: what is known so far
  const FuncInfo &Info = P.func(F);
  const ir::Function &Body = *Info.F;
  Summary S;
  for (uint32_t B = 0; B < Body.Blocks.size(); ++B)
    for (uint32_t N = 0; N < Body.Blocks[B].Insts.size(); ++N) {
      const ir::Inst &I = Body.Blocks[B].Insts[N];
      MutexStep Does = I.Kind == ir::InstKind::Call && I.Callee
                           ? mutexStep(Info.U->text(I.Callee))
                           : MutexStep::Unknown;
      FieldKey K = Does == MutexStep::Unknown ? FieldKey{} : lockOf(F, I);
      if (K && Does == MutexStep::Lock)
        S.Takes[K].push_back({B, N});
      else if (K)
        S.Drops.insert(K);
    }
  for (FuncId Callee : Info.Callees)
    if (Callee != F) {
      const std::set<FieldKey> &Drops = of(Callee).Drops;
      S.Drops.insert(Drops.begin(), Drops.end());
    }
  S.In.resize(Body.Blocks.size());
  if (Body.Blocks.empty())
    return Known[F] = std::move(S);
  S.In[0].first = true;
  std::vector<uint32_t> Todo = {0};
  std::map<uint32_t, Held> Ends;
  while (!Todo.empty()) {
    uint32_t B = Todo.back();
    Todo.pop_back();
    Held H = S.In[B].second;
    for (uint32_t N = 0; N < Body.Blocks[B].Insts.size(); ++N)
      step(F, B, N, H);
    if (Body.Blocks[B].Term.Kind == ir::TermKind::Return)
      Ends[B] = H;
    for (uint32_t Succ : ir::successors(Body.Blocks[B].Term)) {
      auto &[Reached, In] = S.In[Succ];
      size_t Before = In.size();
      if (!Reached)
        In = H;
      else
        meet(In, H);
      if (!Reached || In.size() != Before)
        Todo.push_back(Succ);
      Reached = true;
    }
  }
  for (const auto &[Block, H] : Ends)
    if (Block == Ends.begin()->first)
      S.AtEnd = H;
    else
      meet(S.AtEnd, H);
  return Known[F] = std::move(S);
}

HeldLocks::Held HeldLocks::at(FuncId F, uint32_t Block, uint32_t Inst) {
  Held H = of(F).In[Block].second;
  for (uint32_t N = 0; N < Inst; ++N)
    step(F, Block, N, H);
  return H;
}

bool HeldLocks::mayDrop(FuncId F, FieldKey Lock) {
  return of(F).Drops.count(Lock) != 0;
}

std::vector<std::pair<uint32_t, uint32_t>> HeldLocks::takenIn(FuncId F,
                                                              FieldKey Lock) {
  const Summary &S = of(F);
  auto It = S.Takes.find(Lock);
  return It == S.Takes.end() ? decltype(It->second){} : It->second;
}
