//===- LeftRegisteredRule.cpp - Notifiers nobody unregisters ----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-N01, O07 without a path: a notifier block, or link ops, that a beginning
/// registers and that nothing unregisters by the end (net/core/dev.c
/// register_netdevice_notifier).
///
/// The end is module exit, the callback that ends a life (remove), or, in a
/// unit that has neither, the function that takes back other steps of the one
/// that registers. Code that is only ever built in has none of them.
///
//===----------------------------------------------------------------------===//

#include "engine/Lives.h"
#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

namespace {
class LeftRegisteredRule : public Rule {
public:
  using Rule::Rule;

  void finish() override {
    for (FuncId F = 0; F < P.functions().size(); ++F)
      if (namesBlocks(*P.func(F).U))
        forEachInst(F, [&](uint32_t B, uint32_t N) { findSites(F, B, N); });
    for (const Site &S : Sites)
      if (S.Does == BlockStep::Register && !Lost.count(S.Block))
        check(S);
  }

private:
  /// A call that is given a block: a global, or a member.
  struct Site {
    FieldKey Block;
    BlockStep Does = BlockStep::Unknown;
    FuncId F = NoFunc;
    uint32_t B = 0, Inst = 0;
    bool LinkOps = false;
  };
  /// What runs when what \p Begin began is over.
  struct Pair {
    FuncId Begin = NoFunc, End = NoFunc;
  };
  std::vector<Site> Sites;
  llvm::DenseMap<const ir::Unit *, bool> NamesBlocks;
  std::set<FieldKey> Lost; ///< blocks that somebody else may unregister
  std::set<FieldKey> Own;  ///< blocks that only this unit can name

  template <typename Fn> void forEachInst(FuncId F, Fn Do) const {
    const ir::Function &Body = *P.func(F).F;
    for (uint32_t B = 0; B < Body.Blocks.size(); ++B)
      for (uint32_t N = 0; N < Body.Blocks[B].Insts.size(); ++N)
        Do(B, N);
  }

  /// \p Unit has blocks at all.
  bool namesBlocks(const ir::Unit &Unit) {
    auto [It, New] = NamesBlocks.try_emplace(&Unit);
    if (New)
      It->second = llvm::any_of(Unit.Exprs, [&](const ir::Expr &X) {
        return isRegisteredBlock(Unit.text(X.Type));
      });
    return It->second;
  }

  /// The block whose address \p E is; false key if it is none.
  FieldKey blockAt(FuncId F, ir::ExprId E) {
    const ir::Unit &Unit = *P.func(F).U;
    E = P.throughLocal(F, E);
    const ir::Expr &X = Unit.get(E);
    if ((X.Kind != ExprKind::Global && X.Kind != ExprKind::Field) ||
        !isRegisteredBlock(Unit.text(X.Type)))
      return {};
    return P.keyOf(F, E);
  }

  void findSites(FuncId F, uint32_t B, uint32_t N) {
    const FuncInfo &I = P.func(F);
    const ir::Inst &In = I.F->Blocks[B].Insts[N];
    if (FieldKey K = blockAt(F, In.Value))
      Lost.insert(K);
    for (ir::ExprId Arg : In.Args)
      if (FieldKey K = blockAt(F, Arg)) {
        llvm::StringRef Callee = I.U->text(In.Callee);
        Site S{K, blockStep(Callee), F, B, N};
        S.LinkOps = I.U->text(I.U->get(P.throughLocal(F, Arg)).Type) ==
                    "struct " + LinkOpsRecord.str();
        if (S.Does == BlockStep::Unknown || P.isElsewhere(Callee) ||
            P.find(I.UnitIndex, Callee) != NoFunc)
          Lost.insert(K);
        if (isOwn(F, P.throughLocal(F, Arg)))
          Own.insert(K);
        Sites.push_back(S);
      }
  }

  bool isOwn(FuncId F, ir::ExprId Block) const {
    const ir::Unit &Unit = *P.func(F).U;
    const ir::Expr &X = Unit.get(Block);
    return X.Kind == ExprKind::Global &&
           llvm::any_of(Unit.Globals, [&](const ir::Global &G) {
             return G.Name == X.Name && G.Static;
           });
  }

  void check(const Site &S) {
    Pair Life = lifeOf(S);
    if (Life.End == NoFunc || isTakenBack(S, Life))
      return;
    const ir::Function &End = *P.func(Life.End).F;
    uint32_t Last = 0;
    for (uint32_t B = 0; B < End.Blocks.size(); ++B)
      if (End.Blocks[B].Term.Kind == ir::TermKind::Return)
        Last = B;
    bool Sure = Own.count(S.Block) || isHandledHere(S.Block) ||
                llvm::none_of(U.closure(Life.End),
                              [&](FuncId F) { return U.leavesUnit(F); });
    C.report(S.LinkOps ? "ND-O07" : "ND-N01", Point{0, S.F, S.B, S.Inst},
             State(), 0,
             "'" + C.text(S.Block) + "' is registered here, but '" +
                 C.name(Life.End) + "' does not unregister it",
             Sure ? Precision::High : Precision::Medium,
             {{Life.End, Last, uint32_t(End.Blocks[Last].Insts.size()),
               "'" + C.name(Life.End) + "' leaves it registered"}});
  }

  /// The function that the block \p K leads to is this unit's own: so is what
  /// becomes of the block.
  bool isHandledHere(FieldKey K) const {
    return llvm::any_of(P.bindings(), [&](const Binding &B) {
      return B.Class == "notifier" && B.Object == K && B.Handler != NoFunc &&
             P.func(B.Handler).F->Static;
    });
  }

  /// The block is unregistered by what runs at the end, or by something that
  /// is no error path of the beginning.
  bool isTakenBack(const Site &S, const Pair &Life) {
    return llvm::any_of(Sites, [&](const Site &X) {
      return X.Does == BlockStep::Unregister && X.Block == S.Block &&
             (!P.runs(Life.Begin, X.F) || P.runs(Life.End, X.F));
    });
  }

  Pair lifeOf(const Site &S) {
    FuncId F = S.F;
    if (P.moduleInit() != NoFunc && P.moduleExit() != NoFunc &&
        P.runs(P.moduleInit(), F))
      return {P.moduleInit(), P.moduleExit()};
    for (const Slot &X : P.slots())
      if (const Slot *End = P.runs(X.Func, F) ? endOfLife(P, X) : nullptr)
        return {X.Func, End->Func};
    for (FuncId G = 0; G < P.functions().size(); ++G)
      if (G != F && !P.runs(F, G) && !P.runs(G, F) &&
          (takesBack(G, F) || U.releases(G, S.Block.Rec)))
        return {F, G};
    // The block is part of the module, whenever it was registered.
    if (Own.count(S.Block))
      return {F, P.moduleExit()};
    return {};
  }

  /// \p G undoes a step of \p F: `unregister_x(&y)` for its `register_x(&y)`.
  bool takesBack(FuncId G, FuncId F) {
    bool Found = false;
    forEachInst(G, [&](uint32_t B, uint32_t N) {
      const FuncInfo &I = P.func(G);
      const ir::Inst &Undo = I.F->Blocks[B].Insts[N];
      std::string Name = I.U->text(Undo.Callee).str();
      size_t Un = Name.find("unregister");
      if (Found || Un == std::string::npos || Undo.Args.empty())
        return;
      Name.erase(Un, 2);
      FieldKey K = P.keyOf(G, P.throughLocal(G, Undo.Args[0]));
      forEachInst(F, [&](uint32_t FB, uint32_t FN) {
        const FuncInfo &J = P.func(F);
        const ir::Inst &Step = J.F->Blocks[FB].Insts[FN];
        Found |= K && J.U->text(Step.Callee) == Name && !Step.Args.empty() &&
                 P.keyOf(F, P.throughLocal(F, Step.Args[0])) == K;
      });
    });
    return Found;
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeLeftRegisteredRule(RuleContext &C) {
  return std::make_unique<LeftRegisteredRule>(C);
}
