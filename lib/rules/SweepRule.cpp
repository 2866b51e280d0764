//===- SweepRule.cpp - Loops that unregister an array of devices -*- C++ -*-==//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L05 of devices in an array, which have no name for the engine: a loop
/// unregisters all of them without a look at their state, on the error path
/// of a registration that failed, or at the end of a life whose beginning went
/// on although a registration failed.
///
//===----------------------------------------------------------------------===//

#include "engine/Lives.h"
#include "model/Idioms.h"
#include "rules/ArrayLoop.h"
#include "rules/ErrorEdge.h"
#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprId;
using ir::ExprKind;
using ir::InstKind;

namespace {
class SweepRule : public Rule {
public:
  using Rule::Rule;

  void finish() override {
    for (FuncId F = 0; F < P.functions().size(); ++F)
      forEachCall(F, Role::Unregister, [&](const Site &S) {
        if (S.Member && comesToAll(P, F, S.B, S.Dev))
          Sweeps.push_back(S);
      });
    if (Sweeps.empty())
      return;
    for (FuncId F = 0; F < P.functions().size(); ++F)
      forEachCall(F, Role::Register, [&](const Site &S) {
        if (!S.Member)
          return;
        follow({S, {F, S.B, S.Inst}}, {F, S.B, S.Inst}, 0);
        for (const Place &At : stepsBefore(S))
          follow({S, At}, At, 0);
      });
  }

private:
  /// A call that registers or unregisters the device that \p Member leads to.
  struct Site {
    FuncId F = NoFunc;
    uint32_t B = 0, Inst = 0;
    ExprId Dev = 0;
    FieldKey Member;
  };
  /// A registration that does not come about: it fails, or a step before it.
  struct Failure {
    Site Reg;
    Place At;
    bool isEarly() const { return At.B != Reg.B || At.Inst != Reg.Inst; }
  };
  std::vector<Site> Sweeps;

  template <typename Fn> void forEachCall(FuncId F, Role Does, Fn Do) {
    const FuncInfo &I = P.func(F);
    for (const ApiCall &X : I.Apis) {
      const ir::Inst &In = I.F->Blocks[X.Block].Insts[X.Inst];
      if (X.Api->Does != Does || X.Api->Dev.In != Where::Arg ||
          X.Api->Dev.Index >= In.Args.size())
        continue;
      ExprId Dev = In.Args[X.Api->Dev.Index];
      Do(Site{F, X.Block, X.Inst, P.throughLocal(F, Dev), memberOf(F, Dev)});
    }
  }

  /// The member that \p Dev is read from, or that it was stored in.
  FieldKey memberOf(FuncId F, ExprId Dev) {
    const FuncInfo &I = P.func(F);
    if (I.U->get(Dev).Kind != ExprKind::Load)
      return {};
    if (FieldKey K = P.objectKey(F, Dev))
      return K;
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Assign && In.Temp < 0 && In.Value == Dev)
          if (FieldKey K = P.keyOf(F, In.Dst))
            return K;
    return {};
  }

  /// The calls between the place where a device gets into the array and its
  /// registration \p Reg that give a status.
  std::vector<Place> stepsBefore(const Site &Reg) {
    const FuncInfo &I = P.func(Reg.F);
    std::vector<Place> Stores, Out;
    auto Before = [&](const Place &A, const Place &B) {
      return A.B == B.B ? A.Inst < B.Inst : ir::mayReach(*I.F, A.B, B.B);
    };
    auto ForEach = [&](auto Do) {
      for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
        for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N)
          Do(I.F->Blocks[B].Insts[N], Place{Reg.F, B, N});
    };
    ForEach([&](const ir::Inst &In, const Place &At) {
      if (In.Kind == InstKind::Assign && In.Temp < 0 &&
          I.U->get(In.Value).Kind != ExprKind::Int &&
          P.keyOf(Reg.F, In.Dst) == Reg.Member)
        Stores.push_back(At);
    });
    Place End{Reg.F, Reg.B, Reg.Inst};
    ForEach([&](const ir::Inst &In, const Place &At) {
      if (In.Kind == InstKind::Call && tellsFailure(*I.U, In) &&
          Before(At, End) && !Before(End, At) &&
          llvm::any_of(Stores, [&](const Place &S) { return Before(S, At); }))
        Out.push_back(At);
    });
    return Out;
  }

  /// Walks from the call at \p From, which fails: that of \p Why itself, or
  /// what it is in.
  void follow(const Failure &Why, const Place &From, unsigned Depth) {
    static constexpr unsigned MaxDepth = 3;
    const FuncInfo &I = P.func(From.F);
    const ir::Unit &U = *I.U;
    ErrorEdge Failed(P, From.F, From.B, From.Inst);
    // (block, the variable still holds the error)
    std::set<std::pair<uint32_t, bool>> Seen;
    std::vector<std::pair<uint32_t, bool>> Work;
    const ir::Terminator &First = I.F->Blocks[From.B].Term;
    if (First.Kind == ir::TermKind::Branch && Failed.goes(First.Cond) < 0)
      return;
    if (First.Kind == ir::TermKind::Branch)
      Work.push_back({Failed.goes(First.Cond) ? First.Succ : First.Else, true});
    bool Succeeds = false;
    bool Fails = First.Kind == ir::TermKind::Return &&
                 Failed.isResult(returned(I.F->Blocks[From.B], U));
    while (!Work.empty()) {
      auto [B, Known] = Work.back();
      Work.pop_back();
      if (!Seen.insert({B, Known}).second)
        continue;
      const ir::Block &Block = I.F->Blocks[B];
      bool Over = false;
      for (uint32_t N = 0; N < Block.Insts.size() && !Over; ++N) {
        const ir::Inst &In = Block.Insts[N];
        Known &= !Failed.isLost(In);
        Over = meets(Why, {From.F, B, N}, In);
      }
      if (Over)
        continue;
      if (Block.Term.Kind == ir::TermKind::Return) {
        ExprId Ret = returned(Block, U);
        bool Error =
            U.get(Ret).Kind == ExprKind::Int
                ? U.get(Ret).Int != 0
                : isErrorOf(Block, U, Ret) || (Known && Failed.isKept(Ret));
        Fails |= Error;
        Succeeds |= U.get(Ret).Kind == ExprKind::Int && U.get(Ret).Int == 0;
        continue;
      }
      int Way = Block.Term.Kind == ir::TermKind::Branch && Known
                    ? Failed.goes(Block.Term.Cond)
                    : -1;
      if (Way >= 0)
        Work.push_back({Way ? Block.Term.Succ : Block.Term.Else, Known});
      else
        for (uint32_t Next : ir::successors(Block.Term))
          Work.push_back({Next, Known});
    }
    if (Succeeds && !Why.isEarly())
      goesOn(Why, From.F);
    if (Fails && Depth < MaxDepth)
      forEachCallOf(P, From.F,
                    [&](const Place &At) { follow(Why, At, Depth + 1); });
  }

  /// What \p B returns; results kept in a temporary are looked up.
  static ExprId returned(const ir::Block &B, const ir::Unit &U) {
    ExprId Ret = B.Term.Cond;
    for (const ir::Inst &In : B.Insts)
      if (In.Kind == InstKind::Assign && In.Temp >= 0 &&
          U.get(Ret).Kind == ExprKind::Temp && U.get(Ret).Int == In.Temp)
        return In.Value;
    return Ret;
  }

  /// \p Ret is PTR_ERR() of something.
  static bool isErrorOf(const ir::Block &B, const ir::Unit &U, ExprId Ret) {
    return llvm::any_of(B.Insts, [&](const ir::Inst &In) {
      const HelperRow *H =
          In.Kind == InstKind::Call ? findHelper(U.text(In.Callee)) : nullptr;
      return H && H->Does == Helper::Same &&
             U.get(Ret).Kind == ExprKind::Temp && U.get(Ret).Int == In.Temp;
    });
  }

  /// \p In, on the way from \p Why, ends the way: the device gets out of the
  /// array, is freed or registered after all, or a sweep comes to it.
  bool meets(const Failure &Why, const Place &At, const ir::Inst &In) {
    const Site &Reg = Why.Reg;
    if (Why.isEarly() && At.F == Reg.F && At.B == Reg.B && At.Inst == Reg.Inst)
      return true;
    const FuncInfo &I = P.func(At.F);
    if (In.Kind == InstKind::Assign)
      return In.Temp < 0 && takesOut(Reg, P.keyOf(At.F, In.Dst));
    if (In.Kind != InstKind::Call)
      return false;
    llvm::StringRef Name = I.U->text(In.Callee);
    if (Name.empty() || (P.isElsewhere(Name) && soundsLikeRelease(Name)))
      return true;
    if (const ApiFunction *A = P.model().function(Name)) {
      if (A->Does == Role::Unregister)
        for (const Site &S : Sweeps)
          if (S.F == At.F && S.B == At.B && S.Inst == At.Inst &&
              S.Member == Reg.Member)
            tell(S, Why);
      return A->Does == Role::Unregister || A->Does == Role::Free;
    }
    FuncId Callee = P.find(I.UnitIndex, Name);
    if (Callee == NoFunc)
      return false;
    for (const Site &S : Sweeps)
      if (S.Member == Reg.Member && P.runs(Callee, S.F))
        tell(S, Why);
    return U.mayDo(Callee, Role::Free) || U.mayDo(Callee, Role::Unregister) ||
           P.func(Callee).Writes.contains(Reg.Member.Field);
  }

  /// \p Stored is what leads a sweep to the device of \p Reg, or to its port.
  bool takesOut(const Site &Reg, FieldKey Stored) const {
    return Stored && llvm::any_of(Sweeps, [&](const Site &S) {
             return S.Member == Reg.Member && leadsThrough(S.F, S.Dev, Stored);
           });
  }

  bool leadsThrough(FuncId F, ExprId Id, FieldKey K) const {
    const ir::Expr &X = P.func(F).U->get(Id);
    ExprId Value = P.throughLocal(F, Id);
    return (X.Kind == ExprKind::Field && P.keyOf(F, Id) == K) ||
           (Value != Id && leadsThrough(F, Value, K)) ||
           (X.A && leadsThrough(F, X.A, K));
  }

  /// \p Begin returns success in spite of \p Why: what ends the life that it
  /// begins comes to all devices.
  void goesOn(const Failure &Why, FuncId Begin) {
    auto Check = [&](FuncId First, FuncId Last) {
      if (First == NoFunc || Last == NoFunc || !P.runs(First, Begin))
        return;
      for (const Site &S : Sweeps)
        if (S.Member == Why.Reg.Member && P.runs(Last, S.F))
          tell(S, Why);
    };
    for (const Slot &First : P.slots())
      if (const Slot *Last = endOfLife(P, First))
        Check(First.Func, Last->Func);
    Check(P.moduleInit(), P.moduleExit());
  }

  void tell(const Site &S, const Failure &Why) {
    const FuncInfo &I = P.func(S.F);
    std::string Stays =
        "and the device stays in '" + C.text(Why.Reg.Member) + "'";
    C.report("ND-L05", Point{0, S.F, S.B, S.Inst}, State(), 0,
             "'" + ir::toC(*I.U, I.F, I.F->Blocks[S.B].Insts[S.Inst].Args[0]) +
                 "' is unregistered whether or not it could be registered",
             Precision::High,
             {{Why.At.F, Why.At.B, Why.At.Inst,
               (Why.isEarly() ? "this may fail before the registration, "
                              : "the registration may fail, ") +
                   Stays}});
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeSweepRule(RuleContext &C) {
  return std::make_unique<SweepRule>(C);
}
