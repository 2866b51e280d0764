//===- BalanceRule.cpp - The RTNL taken or dropped once too often -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K03, K07, K10: catalogue B.3. Functions may hand the RTNL on by design
/// (wrappers, begin and end), so what one path does is measured against its
/// siblings in the same function, or against what calls the entry.
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class BalanceRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!Ev.Api)
      return;
    if (Ev.Api->Does == Role::RtnlUnlockCore && !isCore(At))
      C.reportLock("ND-K07", At, S, E.running(),
                   "'" + Ev.Shown.str() +
                       "' drops the RTNL without finishing what was "
                       "unregistered under it",
                   Precision::High);
    if (Ev.Api->Does == Role::RtnlUnlock)
      afterRefusal(At, Ev, S);
    if (Ev.Api->Does == Role::RtnlLock || Ev.Api->Does == Role::RtnlTrylock)
      misuse(At, Ev, S);
  }

  void left(const Point &At, ValId Ret, int Taken, const State &S) override {
    ExitKey K{Taken, outcome(At.Func, Ret, S), At.Block,
              T.site(At.Ctx).Parent == 0, touches(At, S)};
    std::map<ExitKey, Exit> &Of = Exits[At.Func];
    if (!Of.count(K))
      Of.emplace(K, Exit{E.running(), At, S});
  }

  void returned(const Entry &En, const Point &At, ValId,
                const State &S) override {
    if (S.Taken)
      Ends[En.Func].insert(S.Taken > 0 ? 1 : -1);
    // What is in a table only has that to hand the lock on: see handsOn().
    if (En.Rtnl != State::UnknownRtnl || P.func(En.Func).F->Static)
      InContract.insert(En.Func);
  }

  void finish() override {
    for (const auto &[F, Of] : Exits)
      for (const auto &[K, X] : Of)
        if (K.Taken && (isDeviant(F, K) || isForgotten(F, K)) &&
            reaches(F, K.Taken, /*Contract=*/false) && !handsOn(F, K.Taken))
          Blamed.insert({F, K});
    for (const auto &[F, K] : Blamed)
      if (!deeper(F))
        tell(F, K);
    for (const auto &[F, Of] : Exits)
      for (const auto &[K, X] : Of)
        if (K.Taken && K.Top && !deeper(F) && !isBlamed(F) &&
            breaksContract(F, K, X))
          tell(F, K);
  }

private:
  /// What a return says to the caller.
  enum class Outcome : uint8_t { None, Success, Failure, True, False, Any };
  struct ExitKey {
    int Taken;
    Outcome Says;
    uint32_t Block;
    bool Top;     ///< it is the entry
    bool Touches; ///< the lock was taken or dropped on the way
    bool operator<(const ExitKey &O) const {
      return std::tie(Taken, Says, Block, Top, Touches) <
             std::tie(O.Taken, O.Says, O.Block, O.Top, O.Touches);
    }
  };
  struct Exit {
    Entry From;
    Point At;
    State S;
  };

  Outcome outcome(FuncId F, ValId Ret, const State &S) const {
    const FuncInfo &I = P.func(F);
    llvm::StringRef Type = I.U->text(I.F->ReturnType);
    if (Type == "void")
      return Outcome::None;
    uint8_t Signs = E.range(S, Ret).Signs;
    if (Type == "bool" || Type == "_Bool")
      return Signs == Range::Zero  ? Outcome::False
             : Signs & Range::Zero ? Outcome::Any
                                   : Outcome::True;
    if (Type.ends_with("*"))
      return Signs == Range::Pos  ? Outcome::Success
             : Signs & Range::Pos ? Outcome::Any
                                  : Outcome::Failure;
    // A status: a number above 0 may be good or bad.
    if (Signs == Range::Zero)
      return Outcome::Success;
    if (Signs == Range::Pos)
      return Outcome::True;
    return Signs & Range::Zero ? Outcome::Any : Outcome::Failure;
  }

  /// \p F itself takes and drops the lock, so that one path of it shows what
  /// another forgot. \p Wrappers: also by functions that do nothing else.
  bool takesAndDrops(FuncId F, bool Wrappers) const {
    bool Takes = false, Drops = false;
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts) {
        if (In.Kind != ir::InstKind::Call || !In.Callee)
          continue;
        if (const ApiFunction *A = P.callee(I, In).Api) {
          Drops |= A->Does == Role::RtnlUnlock;
          Takes |= A->Does == Role::RtnlLock || A->Does == Role::RtnlTrylock;
          continue;
        }
        FuncId Callee = P.callee(I, In).Body;
        auto It = Exits.find(Callee);
        if (!Wrappers || It == Exits.end() || takesAndDrops(Callee, false))
          continue;
        for (const auto &[K, X] : It->second) {
          Takes |= K.Taken > 0;
          Drops |= K.Taken < 0;
        }
      }
    return Takes && Drops;
  }

  /// The path to \p At took or dropped the lock in the function that it leaves.
  bool touches(const Point &At, const State &S) const {
    for (const TraceNode *N : C.lockSteps(At, S)) {
      CtxId Ctx = N->Ctx;
      while (Ctx && Ctx != At.Ctx)
        Ctx = T.site(Ctx).Parent;
      if (Ctx && N->Taken)
        return true;
    }
    return false;
  }

  /// Left unbalanced where a sibling path that tells the caller the same, or
  /// tells of success, is balanced. Held on success only is a way to begin
  /// something.
  bool isDeviant(FuncId F, const ExitKey &K) const {
    if (!takesAndDrops(F, true) || isCorrelated(F))
      return false;
    bool MayFail = K.Says == Outcome::Failure || K.Says == Outcome::Any;
    if (K.Taken < 0 ? MayFail && endsWithoutLock(Exits.at(F).at(K))
                    : othersDecide(F))
      return false;
    for (const auto &[O, X] : Exits.at(F))
      if (!O.Taken && O.Touches &&
          (O.Says == K.Says ||
           (MayFail && (O.Says == Outcome::Success || O.Says == Outcome::Any))))
        return true;
    return false;
  }

  /// The last that was done was to try for the lock in vain: the error says so.
  bool endsWithoutLock(const Exit &X) const {
    std::vector<const TraceNode *> Steps = C.lockSteps(X.At, X.S);
    return !Steps.empty() && !Steps.back()->Taken;
  }

  /// \p F compares what code not at hand returned with one certain error,
  /// which may say that the lock is gone.
  bool othersDecide(FuncId F) const {
    const FuncInfo &I = P.func(F);
    std::set<ir::ExprId> Results; // variables that hold one
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == ir::InstKind::Assign)
          for (const ir::Block &From : I.F->Blocks)
            for (const ir::Inst &Call : From.Insts)
              if (Call.Kind == ir::InstKind::Call && Call.Temp >= 0 &&
                  P.isElsewhere(I.U->text(Call.Callee)) &&
                  ir::mentions(*I.U, In.Value, Call.Temp))
                Results.insert(In.Dst);
    return llvm::any_of(I.F->Blocks, [&](const ir::Block &B) {
      const ir::Expr &Cond = I.U->get(B.Term.Cond);
      const ir::Expr &With = I.U->get(Cond.B);
      return B.Term.Kind == ir::TermKind::Branch &&
             Cond.Kind == ir::ExprKind::Binary &&
             With.Kind == ir::ExprKind::Int && With.Int < 0 &&
             Results.count(I.U->get(Cond.A).A);
    });
  }

  /// Taken for work of its own and never given back, where nothing says that
  /// somebody else will: no function here only drops it, and who called the
  /// entry expects it as it was, or \p F holds it where it fails, too. What
  /// begins something for others to end holds nothing when it fails.
  bool isForgotten(FuncId F, const ExitKey &K) const {
    if (K.Taken <= 0 || !K.Touches || isCorrelated(F) ||
        !(reaches(F, K.Taken, /*Contract=*/true) || holdsOnFailure(F)))
      return false;
    for (const auto &[O, X] : Exits.at(F))
      if (!O.Taken && O.Touches)
        return false;
    for (const auto &[G, Of] : Exits)
      for (const auto &[O, X] : Of)
        if (O.Taken < 0)
          return false;
    bool Takes = false, Works = false;
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == ir::InstKind::Call) {
          const ApiFunction *A = In.Callee ? P.callee(I, In).Api : nullptr;
          bool Lock =
              A && (A->Does == Role::RtnlLock || A->Does == Role::RtnlTrylock);
          Works |= Takes && !Lock;
          Takes |= Lock;
        }
    return Works;
  }

  bool holdsOnFailure(FuncId F) const {
    return llvm::any_of(Exits.at(F), [](const auto &Each) {
      return Each.first.Taken > 0 && Each.first.Says == Outcome::Failure;
    });
  }

  /// Both too often taken and too often dropped: a condition that is tested
  /// twice is not understood.
  bool isCorrelated(FuncId F) const {
    bool More = false, Less = false;
    auto It = Exits.find(F);
    if (It == Exits.end())
      return false;
    for (const auto &[K, X] : It->second) {
      More |= K.Taken > 0;
      Less |= K.Taken < 0;
    }
    return More && Less;
  }

  /// The imbalance is not made good by a caller. \p Contract: an entry that the
  /// core calls in a known state ends with it, or nobody calls by name; another
  /// unit may hand the lock on to something that is not at hand.
  bool reaches(FuncId F, int Taken, bool Contract) const {
    for (const auto &[En, Signs] : Ends)
      if (Signs.count(Taken > 0 ? 1 : -1) &&
          (!Contract || InContract.count(En)) && P.runs(En, F))
        return true;
    return false;
  }

  /// A function below \p F is to blame already.
  bool deeper(FuncId F) {
    for (const auto &[Bad, K] : Blamed)
      if (Bad != F && P.runs(F, Bad))
        return true;
    return false;
  }

  /// Another callback of a table of \p F ends the other way round: what one
  /// takes the other drops (pre_doit and post_doit).
  bool handsOn(FuncId F, int Taken) const {
    for (const Slot &S : P.slots())
      if (S.Func == F)
        for (const Slot &O : P.slots()) {
          auto It = Ends.find(O.Func);
          if (O.Table == S.Table && O.Func != F && It != Ends.end() &&
              It->second.count(Taken > 0 ? -1 : 1))
            return true;
        }
    return false;
  }

  /// The core calls the entry \p F in a known state and expects it back, unless
  /// another callback of the table takes over the lock.
  bool breaksContract(FuncId F, const ExitKey &K, const Exit &X) {
    if (X.From.Rtnl == State::UnknownRtnl || isCorrelated(F))
      return false;
    return !handsOn(F, K.Taken);
  }

  bool isBlamed(FuncId F) const {
    for (const auto &[Bad, K] : Blamed)
      if (Bad == F)
        return true;
    return false;
  }

  void tell(FuncId F, const ExitKey &K) {
    const Exit &X = Exits[F].at(K);
    // One fault has one finding: what misuses the lock leaves it unbalanced.
    for (FuncId Each : U.closure(F))
      if (Misused.count(Each))
        return;
    // A flag remembers whether it was taken: what it stands for on this path
    // may not be what is seen of it.
    Precision Trust = Precision::High;
    for (const TraceNode *N : C.lockSteps(X.At, X.S))
      if (N->Taken && (N->Taken > 0) == (K.Taken > 0))
        Trust =
            isFlagged(N->Func, N->Block) ? Precision::Medium : Precision::High;
    if (K.Taken > 0) {
      C.reportLock("ND-K03", X.At, X.S, X.From,
                   "the RTNL is still held on return", Trust);
      return;
    }
    // The drop for which there was nothing to drop.
    int Depth = X.From.Rtnl;
    for (const TraceNode *N : C.lockSteps(X.At, X.S)) {
      Depth += N->Taken;
      if (Depth < 0 && X.From.Rtnl != State::UnknownRtnl) {
        C.reportLock("ND-K03", {N->Ctx, N->Func, N->Block, N->Inst}, X.S,
                     X.From, "the RTNL is dropped, which is not held here",
                     Trust);
        return;
      }
    }
    C.reportLock("ND-K03", X.At, X.S, X.From,
                 "the RTNL, which the caller holds, is dropped on return",
                 Trust);
  }

  /// \p Block of \p F is entered on the value of a bool.
  bool isFlagged(FuncId F, uint32_t Block) const {
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks) {
      if (B.Term.Kind != ir::TermKind::Branch ||
          (B.Term.Succ != Block && B.Term.Else != Block))
        continue;
      const ir::Expr *X = &I.U->get(B.Term.Cond);
      while (X->Kind == ir::ExprKind::Unary)
        X = &I.U->get(X->A);
      if (X->Kind != ir::ExprKind::Load)
        continue;
      const ir::Expr &A = I.U->get(X->A);
      ir::StrId Type = A.Kind == ir::ExprKind::Local   ? I.F->Vars[A.Int].Type
                       : A.Kind == ir::ExprKind::Field ? A.Type
                                                       : 0;
      if (Type && I.U->text(Type) == "bool")
        return true;
    }
    return false;
  }

  /// Dropped although the attempt to take it has just failed:
  /// rtnl_lock_killable() has the lock when it returns 0, rtnl_trylock() when
  /// it does not.
  void afterRefusal(const Point &At, const CallEvent &Ev, const State &S) {
    if (S.Rtnl > 0)
      return;
    std::vector<const TraceNode *> Steps = C.lockSteps(At, S);
    if (Steps.empty() || Steps.back()->Taken || Steps.back()->Ctx != At.Ctx ||
        Misused.count(At.Func))
      return;
    Misused.insert(At.Func);
    C.reportLock("ND-K03", At, S, E.running(),
                 "'" + Ev.Shown.str() +
                     "' drops the RTNL, which is not held here",
                 Precision::High);
  }

  /// ND-K10: an attempt whose result nobody looks at, or a lock taken because
  /// nobody holds it.
  void misuse(const Point &At, const CallEvent &Ev, const State &S) {
    std::string What;
    if (Ev.Api->Ok != Success::Void && isIgnored(At))
      What = "whether '" + Ev.Shown.str() + "' got the RTNL is not looked at";
    else if (asksWhoHolds(At))
      What = "'" + Ev.Shown.str() +
             "' depends on whether anybody holds the RTNL, which does not tell "
             "whether this thread does";
    if (What.empty())
      return;
    Misused.insert(At.Func);
    C.reportLock("ND-K10", At, S, E.running(), What, Precision::High);
  }

  bool isIgnored(const Point &At) const {
    const ir::Inst *Call = E.inst(At);
    const FuncInfo &I = P.func(At.Func);
    if (!Call || Call->Temp < 0)
      return Call != nullptr;
    for (const ir::Block &B : I.F->Blocks) {
      if (ir::mentions(*I.U, B.Term.Cond, Call->Temp))
        return false;
      for (const ir::Inst &In : B.Insts) {
        if (ir::mentions(*I.U, In.Value, Call->Temp) ||
            ir::mentions(*I.U, In.Dst, Call->Temp))
          return false;
        for (ir::ExprId A : In.Args)
          if (ir::mentions(*I.U, A, Call->Temp))
            return false;
      }
    }
    return true;
  }

  /// The block of \p At is entered on the answer of rtnl_is_locked().
  bool asksWhoHolds(const Point &At) const {
    const FuncInfo &I = P.func(At.Func);
    for (const ir::Block &B : I.F->Blocks) {
      if (B.Term.Kind != ir::TermKind::Branch ||
          (B.Term.Succ != At.Block && B.Term.Else != At.Block))
        continue;
      for (const ir::Inst &In : B.Insts) {
        const ApiFunction *A = In.Kind == ir::InstKind::Call && In.Callee
                                   ? P.callee(I, In).Api
                                   : nullptr;
        if (A && A->Does == Role::RtnlQuery && In.Temp >= 0 &&
            ir::mentions(*I.U, B.Term.Cond, In.Temp))
          return true;
      }
    }
    return false;
  }

  /// The core's own files may leave the rest to a later rtnl_unlock().
  bool isCore(const Point &At) const {
    std::string File = C.position(At.Func, At.Block, At.Inst).File;
    llvm::StringRef Path = File;
    return Path.contains("net/core/") || Path.contains("net/sched/");
  }

  std::map<FuncId, std::map<ExitKey, Exit>> Exits;
  std::map<FuncId, std::set<int>> Ends;
  std::set<FuncId> InContract; ///< entries that must leave it as it was
  std::set<std::pair<FuncId, ExitKey>> Blamed;
  std::set<FuncId> Misused; ///< functions whose use of the lock is wrong itself
};
} // namespace

std::unique_ptr<Rule> netdev::makeBalanceRule(RuleContext &C) {
  return std::make_unique<BalanceRule>(C);
}
