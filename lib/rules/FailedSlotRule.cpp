//===- FailedSlotRule.cpp - A failed device that stays findable -*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L05 between two calls of one callback, that both makes and ends devices
/// (an ioctl): the first fails to register a device and leaves it where the
/// second finds and unregisters it, asking for nothing but the pointer
/// (net/core/dev.c unregister_netdevice_many_notify() BUGs on it). Callbacks in
/// pairs are not like that: what ends is not called where what begins failed.
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprId;

namespace {
class FailedSlotRule : public Rule {
public:
  using Rule::Rule;

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    if (!En.Table || C.begins(En) || !S.Certain || !E.failed(En.Func, Ret, S))
      return;
    for (const auto &[Dev, D] : S.Devs)
      if (D.At == Life::RegFailed && D.From == Origin::Plain && !D.MaybeGone &&
          !D.Opaque)
        for (const auto &KV : S.Store)
          if (KV.second == Dev && !T.isLocalMemory(KV.first) &&
              T.root(KV.first) != Dev && !S.Gone.contains(T.root(KV.first)))
            if (FieldKey K = P.keyOf(KV.first))
              Left.try_emplace(K, Slot{En.Func, At, Dev, S});
  }

  void finish() override {
    for (const auto &[K, L] : Left)
      for (FuncId F : runBy(L.Entry))
        for (const ApiCall &X : P.func(F).Apis)
          if (X.Api->Does == Role::Unregister && X.Api->Dev.In == Where::Arg)
            check(K, L, F, X);
  }

private:
  struct Slot {
    FuncId Entry;
    Point At;
    ValId Dev;
    State S;
  };
  std::map<FieldKey, Slot> Left; ///< by the member that leads to it

  /// What \p Entry runs, itself or as the release function that it gives to
  /// kref_put() and its kin.
  std::set<FuncId> runBy(FuncId Entry) {
    std::set<FuncId> Out(U.closure(Entry).begin(), U.closure(Entry).end());
    for (FuncId F : U.closure(Entry)) {
      const FuncInfo &I = P.func(F);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          for (ExprId Arg : In.Args)
            if (I.U->get(Arg).Kind == ir::ExprKind::Func)
              if (FuncId G = P.find(I.UnitIndex, I.U->text(I.U->get(Arg).Name));
                  G != NoFunc)
                Out.insert(G);
    }
    return Out;
  }

  void check(FieldKey K, const Slot &L, FuncId F, const ApiCall &X) {
    const FuncInfo &I = P.func(F);
    const ir::Inst &In = I.F->Blocks[X.Block].Insts[X.Inst];
    if (X.Api->Dev.Index >= In.Args.size() ||
        !(P.objectKey(F, In.Args[X.Api->Dev.Index]) == K) ||
        !asksOnlyFor(K, F, X.Block))
      return;
    C.report("ND-L05", Point{0, F, X.Block, X.Inst}, L.S, L.Dev,
             "'" + ir::toC(*I.U, I.F, In.Args[X.Api->Dev.Index]) +
                 "' is unregistered whether or not it could be registered",
             Precision::High,
             {{L.At.Func, L.At.Block, L.At.Inst,
               "it stays in '" + C.text(K) + "' here"}});
  }

  /// What decides whether \p F comes to \p Block is what \p K holds.
  bool asksOnlyFor(FieldKey K, FuncId F, uint32_t Block) {
    const ir::Function &Fn = *P.func(F).F;
    for (uint32_t B = 0; B < Fn.Blocks.size(); ++B)
      if (Fn.Blocks[B].Term.Kind != ir::TermKind::Jump &&
          ir::decides(Fn, B, Block) && !mentions(F, Fn.Blocks[B].Term.Cond, K))
        return false;
    return true;
  }

  bool mentions(FuncId F, ExprId Id, FieldKey K) {
    const ir::Expr &X = P.func(F).U->get(Id);
    return P.objectKey(F, Id) == K || (X.A && mentions(F, X.A, K)) ||
           (X.B && mentions(F, X.B, K));
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeFailedSlotRule(RuleContext &C) {
  return std::make_unique<FailedSlotRule>(C);
}
