//===- NeverEndedRule.cpp - Set up in a device, and never ended -*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L13 without a path: a member of the private area that keeps memory of its
/// own (net/core/gro_cells.c gro_cells_init, net/core/dst_cache.c
/// dst_cache_init) is set up for every device, and nothing ends it, although
/// all that runs when a device goes is at hand.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class NeverEndedRule : public Rule {
public:
  using Rule::Rule;

  void finish() override {
    for (const auto &[K, Uses] : U.all()) {
      if (!U.isPrivate(K.Rec))
        continue;
      const Use *Init = nullptr;
      bool Ended = false;
      for (const Use &Each : Uses) {
        if (Each.Kind != UseKind::Object || !keepsMemory(Each.Row->Class))
          continue;
        Ended |= Each.Row->Does == Act::Destroy;
        if (Each.Row->Does == Act::Init && !Each.Row->Devm)
          Init = &Each;
      }
      if (Init && !Ended)
        judge(K, *Init);
    }
  }

private:
  void judge(FieldKey K, const Use &Init) {
    std::vector<FuncId> Ends = ends();
    if (Ends.empty() || llvm::any_of(Ends, [&](FuncId F) {
          return F == NoFunc || llvm::any_of(U.closure(F), [&](FuncId G) {
                   return U.leavesUnit(G);
                 });
        }))
      return;
    C.report("ND-L13", Point{0, Init.In, Init.Block, Init.Inst}, State(), 0,
             "what '" + Init.Row->Name + "' makes for '" + C.text(K) +
                 "' is released nowhere in this module",
             Precision::High,
             {{Ends.front(), ~0u, 0,
               "'" + C.name(Ends.front()) + "' runs when the device goes"}});
  }

  /// What the core calls when a device goes: ndo_uninit and the destructors;
  /// NoFunc for one that is not at hand.
  std::vector<FuncId> ends() const {
    std::vector<FuncId> Out;
    for (const Slot *S : U.slots("net_device_ops", UninitCallback))
      Out.push_back(S->Func);
    for (const FuncInfo &F : P.functions())
      for (const ir::Block &B : F.F->Blocks)
        for (const ir::Inst &In : B.Insts) {
          const ir::Expr &D = F.U->get(In.Dst), &V = F.U->get(In.Value);
          if (In.Kind == ir::InstKind::Assign && In.Dst &&
              D.Kind == ir::ExprKind::Field && V.Kind == ir::ExprKind::Func &&
              deviceField(F.U->text(D.Name)) == DevField::Destructor)
            Out.push_back(P.find(F.UnitIndex, F.U->text(V.Name)));
        }
    return Out;
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeNeverEndedRule(RuleContext &C) {
  return std::make_unique<NeverEndedRule>(C);
}
