//===- Reach.cpp - What a function may run, and in which loops --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Program.h"
#include "model/Idioms.h"
#include <utility>

using namespace netdev;

const Program::Closure &Program::reached(FuncId F) {
  std::unique_ptr<Closure> &Known = Closures[F];
  if (Known)
    return *Known;
  Known = std::make_unique<Closure>();
  Known->Has.resize(Funcs.size());
  Known->Has.set(F);
  std::vector<FuncId> &Out = Known->Order;
  Out.push_back(F);
  for (size_t I = 0; I < Out.size(); ++I)
    for (FuncId C : Funcs[Out[I]].Callees)
      if (!Known->Has.test(C)) {
        Known->Has.set(C);
        Out.push_back(C);
      }
  return *Known;
}

bool Program::mayDo(FuncId F, Role R) {
  return llvm::any_of(closure(F), [&](FuncId Each) { return does(Each, R); });
}

bool Program::isHandler(FuncId Id) const {
  const FuncInfo &I = Funcs[Id];
  return I.F->NumParams == 1 && I.U->text(I.F->ReturnType) == "void" &&
         isHandlerParameter(I.U->text(I.F->Vars[0].Type));
}

/// The blocks of the loop, with all loops around it, that \p Block of \p F is
/// in; none if it is in no loop.
static std::vector<uint32_t> loopOf(const ir::Function &F, uint32_t Block) {
  std::vector<std::vector<uint32_t>> Before(F.Blocks.size());
  std::vector<uint8_t> Seen(F.Blocks.size());
  std::vector<uint32_t> Work{Block}, Loop;
  for (size_t I = 0; I < Work.size(); ++I)
    for (uint32_t Next : ir::successors(F.Blocks[Work[I]].Term)) {
      Before[Next].push_back(Work[I]);
      if (Next != Block && !std::exchange(Seen[Next], 1))
        Work.push_back(Next);
    }
  // What leads back, among the blocks that are reached.
  Work = {Block};
  for (size_t I = 0; I < Work.size(); ++I)
    for (uint32_t Prev : Before[Work[I]])
      if (std::exchange(Seen[Prev], 2) != 2) {
        Loop.push_back(Prev);
        Work.push_back(Prev);
      }
  return Loop;
}

Sweep Program::sweep(FuncId Id, uint32_t Block) {
  if (!inLoop(Id, Block))
    return Sweep::None;
  auto [It, New] = Sweeps.try_emplace({Id, Block}, Sweep::None);
  if (!New)
    return It->second;
  const FuncInfo &I = Funcs[Id];
  std::vector<uint32_t> Loop = loopOf(*I.F, Block);
  bool Ends = false, Unseen = false, Makes = false;
  for (uint32_t B : Loop)
    for (const ir::Inst &In : I.F->Blocks[B].Insts) {
      if (In.Kind != ir::InstKind::Call || !In.Callee)
        continue;
      llvm::StringRef Name = I.U->text(In.Callee);
      const ApiFunction *A = M.function(Name);
      FuncId Callee = find(I.UnitIndex, Name);
      auto Does = [&](Role R) {
        return (A && A->Does == R) || (Callee != NoFunc && mayDo(Callee, R));
      };
      Ends |= Does(Role::Unregister) || Does(Role::Free);
      Unseen |= isElsewhere(Name);
      Makes |= Does(Role::Alloc);
    }
  Sweep Does = Makes    ? Sweep::None
               : Ends   ? Sweep::Ends
               : Unseen ? Sweep::Unseen
                        : Sweep::None;
  for (uint32_t B : Loop)
    Sweeps[{Id, B}] = Does;
  return Does;
}
