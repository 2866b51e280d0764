//===- FreeSweepRule.cpp - Arrays of devices that are freed -----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L02 of devices in an array, which have no name once the loop that
/// registered them is over: a step behind that loop fails, and control comes to
/// a loop that frees all of them without passing anything that unregisters
/// one (net/core/dev.c free_netdev() BUGs on a registered device). Walks blocks
/// as SweepRule does, which is about loops that unregister.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/ArrayLoop.h"
#include "rules/ErrorEdge.h"
#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprId;
using ir::InstKind;

namespace {
class FreeSweepRule : public Rule {
public:
  using Rule::Rule;

  void finish() override {
    forEachCall(Role::Free, [&](const Site &S) {
      if (comesToAll(P, S.At.F, S.At.B, S.Dev))
        Sweeps.push_back(S);
    });
    if (!Sweeps.empty())
      forEachCall(Role::Register, [&](const Site &S) {
        if (llvm::any_of(Sweeps,
                         [&](const Site &X) { return X.Member == S.Member; }))
          succeeds(S, S.At, 0);
      });
  }

private:
  /// A call that registers or frees the device that \p Member leads to.
  struct Site {
    Place At;
    ExprId Dev = 0;
    FieldKey Member;
  };
  static constexpr unsigned MaxDepth = 3;
  std::vector<Site> Sweeps;

  template <typename Fn> void forEachCall(Role Does, Fn Do) {
    for (FuncId F = 0; F < P.functions().size(); ++F)
      for (const ApiCall &X : P.func(F).Apis) {
        const ir::Inst &In = inst({F, X.Block, X.Inst});
        if (X.Api->Does != Does || X.Api->Dev.In != Where::Arg ||
            X.Api->Dev.Index >= In.Args.size())
          continue;
        ExprId Dev = P.throughLocal(F, In.Args[X.Api->Dev.Index]);
        FieldKey K = P.objectKey(F, Dev);
        if (K && isElement(F, Dev))
          Do(Site{{F, X.Block, X.Inst}, Dev, K});
      }
  }

  /// \p Id is found through an element of an array.
  bool isElement(FuncId F, ExprId Id) const {
    const ir::Expr &X = P.func(F).U->get(Id);
    ExprId Value = P.throughLocal(F, Id);
    return X.Kind == ir::ExprKind::Index ||
           (Value != Id && isElement(F, Value)) || (X.A && isElement(F, X.A));
  }

  const ir::Inst &inst(const Place &At) const {
    return P.func(At.F).F->Blocks[At.B].Insts[At.Inst];
  }

  /// How far a walk has come: the block, whether the variable still holds the
  /// error, whether somebody has looked at that, and whether code that is not
  /// at hand was called to release things.
  struct Step {
    uint32_t B = 0;
    bool Known = true, Told = false, Doubt = false;
    bool operator<(const Step &O) const {
      return std::tie(B, Known, Told, Doubt) <
             std::tie(O.B, O.Known, O.Told, O.Doubt);
    }
  };

  /// Goes on from the call at \p From, to the side of its \p Error, over all
  /// that unregisters nothing. \p Enter sees each block, and whether to go on
  /// from there, \p Leave each return, and where an error path turns out to be
  /// none.
  template <typename Fn, typename End>
  void walk(const Site &Reg, const Place &From, bool Error, bool Doubt,
            Fn Enter, End Leave) {
    const ir::Function &Body = *P.func(From.F).F;
    ErrorEdge Failed(P, From.F, From.B, From.Inst);
    std::set<Step> Seen;
    std::vector<Step> Work;
    auto Next = [&](const ir::Terminator &T, Step At) {
      int Way =
          T.Kind == ir::TermKind::Branch && At.Known ? Failed.goes(T.Cond) : -1;
      At.Told |= Way >= 0;
      for (uint32_t To : ir::successors(T)) {
        At.B = To;
        if (Way < 0 || To == ((Way != 0) == Error ? T.Succ : T.Else))
          Work.push_back(At);
      }
    };
    Step Start;
    Start.Doubt = Doubt;
    const ir::Terminator &First = Body.Blocks[From.B].Term;
    if (First.Kind == ir::TermKind::Return)
      Leave(First, Failed, Start);
    else
      Next(First, Start);
    while (!Work.empty()) {
      Step At = Work.back();
      Work.pop_back();
      const ir::Block &B = Body.Blocks[At.B];
      if (!Seen.insert(At).second || undoes(Reg, From.F, At.B))
        continue;
      if (Enter(At))
        continue;
      for (const ir::Inst &In : B.Insts) {
        At.Known &= !Failed.isLost(In);
        At.Doubt |= releasesElsewhere(From.F, In);
      }
      if (B.Term.Kind == ir::TermKind::Return ||
          (Error && At.Told && asksAnother(From.F, At.B)))
        Leave(B.Term, Failed, At);
      else if (!Error || At.Told || At.Known) // else nobody has looked at it
        Next(B.Term, At);
    }
  }

  /// \p Block ends with the question whether a call in it failed: the function
  /// goes on there.
  bool asksAnother(FuncId F, uint32_t Block) const {
    const FuncInfo &I = P.func(F);
    const ir::Block &B = I.F->Blocks[Block];
    for (uint32_t N = 0; N < B.Insts.size(); ++N)
      if (B.Insts[N].Kind == InstKind::Call && tellsFailure(*I.U, B.Insts[N]) &&
          B.Term.Kind == ir::TermKind::Branch &&
          ErrorEdge(P, F, Block, N).goes(B.Term.Cond) >= 0)
        return true;
    return false;
  }

  /// The registration \p Reg has succeeded, \p From is the call that it was in:
  /// what may fail from here on?
  void succeeds(const Site &Reg, const Place &From, unsigned Depth) {
    bool Returns = false;
    std::vector<std::pair<Place, bool>> Steps;
    const FuncInfo &I = P.func(From.F);
    walk(
        Reg, From, false, false,
        [&](const Step &X) {
          const std::vector<ir::Inst> &Insts = I.F->Blocks[X.B].Insts;
          for (uint32_t N = 0; N < Insts.size(); ++N)
            if (Insts[N].Kind == InstKind::Call && tellsFailure(*I.U, Insts[N]))
              Steps.push_back({Place{From.F, X.B, N}, X.Doubt});
          return false;
        },
        [&](auto &&...) { Returns = true; });
    for (const auto &[At, Doubt] : Steps)
      fails(Reg, At, At, Doubt, Depth);
    if (Returns && Depth < MaxDepth)
      forEachCallOf(P, From.F,
                    [&](const Place &At) { succeeds(Reg, At, Depth + 1); });
  }

  /// The step at \p Why fails, \p From is the call that it is in. Told where
  /// all that can follow is to free the devices: a step that may be done
  /// without leaves open whether any is registered where control comes there.
  void fails(const Site &Reg, const Place &Why, const Place &From, bool Doubt,
             unsigned Depth) {
    std::vector<std::pair<const Site *, bool>> Met;
    bool Up = false, UpDoubt = true, Other = false;
    walk(
        Reg, From, true, Doubt,
        [&](const Step &X) {
          const Site *S = X.Told ? sweptAt(Reg, From.F, X.B) : nullptr;
          if (S)
            Met.push_back({S, X.Doubt});
          return S != nullptr;
        },
        [&](const ir::Terminator &T, const ErrorEdge &Failed, const Step &X) {
          bool Error =
              Failed.isResult(T.Cond) || (X.Known && Failed.isKept(T.Cond));
          (Error ? Up : Other) = true;
          UpDoubt &= X.Doubt;
        });
    if (Other || (Up && !Met.empty()))
      return;
    for (const auto &[S, Doubt] : Met)
      tell(*S, Reg, Why, Doubt);
    if (Up && Depth < MaxDepth)
      forEachCallOf(P, From.F, [&](const Place &At) {
        fails(Reg, Why, At, UpDoubt, Depth + 1);
      });
  }

  bool releasesElsewhere(FuncId F, const ir::Inst &In) const {
    llvm::StringRef Name = P.func(F).U->text(In.Callee);
    return In.Kind == InstKind::Call &&
           (Name.empty() || (P.isElsewhere(Name) && soundsLikeRelease(Name)));
  }

  /// In \p Block of \p F, or in a loop it is in, or on one side of it, a device
  /// is unregistered or one gets out of the array.
  bool undoes(const Site &Reg, FuncId F, uint32_t Block) {
    auto [It, New] = Undoing.try_emplace({F, Reg.Member});
    const ir::Function &Fn = *P.func(F).F;
    std::vector<bool> &Where = It->second;
    if (New) {
      std::vector<bool> Does(Fn.Blocks.size());
      for (uint32_t B = 0; B < Does.size(); ++B)
        Does[B] = llvm::any_of(Fn.Blocks[B].Insts, [&](const ir::Inst &In) {
          return takesBack(Reg, F, In);
        });
      Where = Does;
      for (uint32_t B = 0; B < Does.size(); ++B)
        for (uint32_t X = 0; X < Does.size() && !Where[B]; ++X)
          Where[B] =
              Does[X] &&
              (llvm::is_contained(ir::successors(Fn.Blocks[B].Term), X) ||
               (ir::mayReach(Fn, B, X) && ir::mayReach(Fn, X, B)));
    }
    return Where[Block];
  }
  /// By function and member: what undoes() says of each block.
  std::map<std::pair<FuncId, FieldKey>, std::vector<bool>> Undoing;

  bool takesBack(const Site &Reg, FuncId F, const ir::Inst &In) {
    const FuncInfo &I = P.func(F);
    if (In.Kind == InstKind::Assign)
      return In.Temp < 0 && I.U->get(In.Value).Kind == ir::ExprKind::Int &&
             P.keyOf(F, In.Dst) == Reg.Member;
    if (In.Kind != InstKind::Call)
      return false;
    llvm::StringRef Name = I.U->text(In.Callee);
    auto IsEnd = [](Role R) {
      return R == Role::Unregister || R == Role::UnregisterFlush ||
             R == Role::UnregisterFree;
    };
    if (const ApiFunction *A = P.model().function(Name))
      return IsEnd(A->Does);
    FuncId Callee = P.find(I.UnitIndex, Name);
    return Callee != NoFunc && (U.mayDo(Callee, Role::Unregister) ||
                                U.mayDo(Callee, Role::UnregisterFlush) ||
                                U.mayDo(Callee, Role::UnregisterFree));
  }

  /// The loop that frees what \p Reg registered and that \p Block of \p F is
  /// in, or calls; null if there is none.
  const Site *sweptAt(const Site &Reg, FuncId F, uint32_t Block) {
    const FuncInfo &I = P.func(F);
    for (const Site &S : Sweeps) {
      if (!(S.Member == Reg.Member))
        continue;
      if (S.At.F == F &&
          (S.At.B == Block || (ir::mayReach(*I.F, Block, S.At.B) &&
                               ir::mayReach(*I.F, S.At.B, Block))))
        return &S;
      for (const ir::Inst &In : I.F->Blocks[Block].Insts)
        if (In.Kind == InstKind::Call)
          if (FuncId G = P.callee(I, In).Body; G != NoFunc && P.runs(G, S.At.F))
            return &S;
    }
    return nullptr;
  }

  void tell(const Site &S, const Site &Reg, const Place &Why, bool Doubt) {
    const FuncInfo &I = P.func(S.At.F);
    const ir::Inst &In = inst(S.At);
    C.report(
        "ND-L02", Point{0, S.At.F, S.At.B, S.At.Inst}, State(), 0,
        "'" + ir::toC(*I.U, I.F, In.Args[0]) + "' is freed by '" +
            I.U->text(In.Callee).str() + "' while it is registered",
        Doubt ? Precision::Medium : Precision::High,
        {{Reg.At.F, Reg.At.B, Reg.At.Inst,
          "the devices in '" + C.text(Reg.Member) + "' are registered here"},
         {Why.F, Why.B, Why.Inst, "this fails, and nothing unregisters them"}});
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeFreeSweepRule(RuleContext &C) {
  return std::make_unique<FreeSweepRule>(C);
}
