//===- Reach.cpp - What a function may run, and in which loops --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Program.h"
#include "model/Idioms.h"

using namespace netdev;

const std::vector<FuncId> &Program::closure(FuncId F) {
  auto It = Closures.find(F);
  if (It != Closures.end())
    return It->second;
  std::vector<FuncId> Out{F};
  std::set<FuncId> Seen{F};
  for (size_t I = 0; I < Out.size(); ++I)
    for (FuncId C : Funcs[Out[I]].Callees)
      if (Seen.insert(C).second)
        Out.push_back(C);
  return Closures[F] = std::move(Out);
}

bool Program::mayDo(FuncId F, Role R) {
  return llvm::any_of(
      closure(F), [&](FuncId Each) { return Funcs[Each].Roles.count(R) != 0; });
}

bool Program::isHandler(FuncId Id) const {
  const FuncInfo &I = Funcs[Id];
  return I.F->NumParams == 1 && I.U->text(I.F->ReturnType) == "void" &&
         isHandlerParameter(I.U->text(I.F->Vars[0].Type));
}

bool Program::inLoop(FuncId Id, uint32_t Block) const {
  return ir::mayReach(*Funcs[Id].F, Block, Block);
}

Sweep Program::sweep(FuncId Id, uint32_t Block) {
  auto [It, New] = Sweeps.try_emplace({Id, Block}, Sweep::None);
  if (!New || !inLoop(Id, Block))
    return It->second;
  const FuncInfo &I = Funcs[Id];
  bool Ends = false, Unseen = false, Makes = false;
  for (uint32_t B = 0; B < I.F->Blocks.size(); ++B) {
    if (B != Block &&
        !(ir::mayReach(*I.F, Block, B) && ir::mayReach(*I.F, B, Block)))
      continue;
    for (const ir::Inst &In : I.F->Blocks[B].Insts) {
      if (In.Kind != ir::InstKind::Call || !In.Callee)
        continue;
      auto Does = [&](Role R) {
        const ApiFunction *A = M.function(I.U->text(In.Callee));
        FuncId Callee = find(I.UnitIndex, I.U->text(In.Callee));
        return (A && A->Does == R) || (Callee != NoFunc && mayDo(Callee, R));
      };
      Ends |= Does(Role::Unregister) || Does(Role::Free);
      Unseen |= isElsewhere(I.U->text(In.Callee));
      Makes |= Does(Role::Alloc);
    }
  }
  return It->second = Makes    ? Sweep::None
                      : Ends   ? Sweep::Ends
                      : Unseen ? Sweep::Unseen
                               : Sweep::None;
}
