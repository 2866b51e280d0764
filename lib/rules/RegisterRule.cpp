//===- RegisterRule.cpp - Registering and unregistering in the wrong state -*-
// C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L05, L06, L15, L16, D03, D05: catalogue A.3 and B.1 (net/core/dev.c
/// register_netdevice, unregister_netdevice_many).
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class RegisterRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!Ev.Api)
      return;
    if ((Ev.Api->Does == Role::Register ||
         Ev.Api->Does == Role::RegisterDevm) &&
        Ev.Api->Ok == Success::Zero && isIgnored(At))
      C.report("ND-L15", At, S, Ev.Dev,
               "the result of '" + Ev.Shown.str() + "' is ignored",
               Precision::High);
    if (!Ev.Before)
      return;
    const DevState &D = *Ev.Before;
    std::string Dev = E.argText(At, Ev.Api->Dev.Index);
    Dev = Dev.empty() ? "the device" : "'" + Dev + "'";
    std::string By = "'" + Ev.Shown.str() + "'";
    switch (Ev.Api->Does) {
    case Role::Register:
    case Role::RegisterDevm:
      if (D.At == Life::Reg || D.At == Life::Unreg ||
          D.At == Life::Unregistering)
        if (D.From != Origin::Param)
          C.report("ND-L16", At, S, Ev.Dev,
                   Dev + " is registered by " + By + " although it is " +
                       toText(D.At).str(),
                   Precision::High);
      again(At, Ev, S);
      break;
    case Role::Unregister:
    case Role::UnregisterFree:
      if (D.DevmRegistered)
        C.report("ND-D03", At, S, Ev.Dev,
                 Dev + " was registered by devres and is unregistered by " +
                     By + "; devres does it again",
                 Precision::High);
      else if (D.At == Life::Alloc || D.At == Life::RegFailed) {
        if (D.From != Origin::Param || D.At == Life::RegFailed)
          C.report("ND-L05", At, S, Ev.Dev,
                   Dev + " is unregistered by " + By +
                       (D.At == Life::Alloc
                            ? " although it was never registered"
                            : " although its registration failed"),
                   Precision::High);
      } else if (D.At == Life::Unregistering || D.At == Life::Unreg ||
                 D.At == Life::Dummy)
        C.report("ND-L06", At, S, Ev.Dev,
                 Dev + " is unregistered by " + By + " although it is " +
                     toText(D.At).str(),
                 Precision::High);
      break;
    default:
      break;
    }
  }

  /// ND-D05: devres frees a registered device when probe has failed and after
  /// remove (net/devres.c devm_free_netdev).
  void left(const Point &At, ValId Ret, int, const State &S) override {
    if (T.site(At.Ctx).Parent || !E.coreCalls().empty())
      return;
    const Entry &En = E.running();
    bool Begins = En.Table && T.text(En.Table->Field) == "probe";
    bool Failing = E.failed(En.Func, Ret, S);
    if (!En.Before && !Begins)
      return;
    for (const auto &[Dev, D] : S.Devs)
      // A loop that ends devices is meant for all of them, however often it
      // turns.
      if (D.From == Origin::Devm && D.At == Life::Reg && !D.DevmRegistered &&
          !D.MaybeGone && !S.Swept &&
          (En.Before || Failing || !hasEnd(*En.Table)))
        C.report("ND-D05", At, S, Dev,
                 "devres frees the device, which is still registered, " +
                     std::string(Begins && Failing ? "after this error"
                                 : Begins          ? "when the driver goes: "
                                                     "nothing unregisters it"
                                                   : "after this function"),
                 D.Escaped && unregisters(En.Func) ? Precision::Medium
                                                   : Precision::High);
  }

private:
  /// A failure may leave the device in a state in which registering it again is
  /// fatal; who asks which error it was knows that nothing had been done.
  void again(const Point &At, const CallEvent &Ev, const State &S) {
    if (Ev.Before->At == Life::RegFailed && Ev.Before->From != Origin::Param &&
        !asksWhich(At))
      C.report("ND-L16", At, S, Ev.Dev,
               "the device is registered again by '" + Ev.Shown.str() +
                   "' after that failed: only the first steps of registration "
                   "can be taken again",
               Precision::Medium);
  }

  /// A comparison with an error number decides whether control comes to \p At.
  bool asksWhich(const Point &At) const {
    const FuncInfo &I = P.func(At.Func);
    for (uint32_t B = 0; B < I.F->Blocks.size(); ++B) {
      const ir::Expr &X = I.U->get(I.F->Blocks[B].Term.Cond);
      if (X.Kind == ir::ExprKind::Binary &&
          I.U->get(X.B).Kind == ir::ExprKind::Int && I.U->get(X.B).Int < 0 &&
          ir::decides(*I.F, B, At.Block))
        return true;
    }
    return false;
  }

  /// Nothing in the function of \p At reads the result of its call, or the
  /// variable that it is stored in before that gets another value.
  bool isIgnored(const Point &At) const {
    const ir::Inst *Call = E.inst(At);
    if (!Call)
      return false;
    const FuncInfo &F = P.func(At.Func);
    ir::Expr Result;
    Result.Kind = ir::ExprKind::Temp;
    Result.Int = Call->Temp;
    unsigned Stores = 0;
    Point Kept = At;
    for (uint32_t B = 0; B < F.F->Blocks.size(); ++B) {
      const ir::Block &Block = F.F->Blocks[B];
      for (uint32_t N = 0; N < Block.Insts.size(); ++N) {
        const ir::Inst &I = Block.Insts[N];
        if (isStore(*F.U, I) && F.U->get(I.Value) == Result) {
          ++Stores;
          Kept.Block = B;
          Kept.Inst = N;
        } else if (reads(*F.U, I, Result)) {
          return false;
        }
      }
      if (reads(*F.U, Block.Term.Cond, Result))
        return false;
    }
    return Stores == 0 || (Stores == 1 && isDead(F, Kept));
  }

  /// What \p At stores in a variable is read on no path.
  static bool isDead(const FuncInfo &F, const Point &At) {
    const ir::Function &Body = *F.F;
    ir::ExprId Dst = Body.Blocks[At.Block].Insts[At.Inst].Dst;
    const ir::Expr &Var = F.U->get(Dst);
    std::set<uint32_t> Seen;
    std::vector<std::pair<uint32_t, uint32_t>> Work{{At.Block, At.Inst + 1}};
    while (!Work.empty()) {
      auto [B, First] = Work.back();
      Work.pop_back();
      const ir::Block &Block = Body.Blocks[B];
      bool Over = false;
      for (uint32_t N = First; N < Block.Insts.size() && !Over; ++N) {
        if (reads(*F.U, Block.Insts[N], Var))
          return false;
        Over = isStore(*F.U, Block.Insts[N]) && Block.Insts[N].Dst == Dst;
      }
      if (Over)
        continue;
      if (reads(*F.U, Block.Term.Cond, Var))
        return false;
      for (uint32_t Next : ir::successors(Block.Term))
        if (Seen.insert(Next).second)
          Work.push_back({Next, 0});
    }
    return true;
  }

  /// \p I sets a local variable.
  static bool isStore(const ir::Unit &U, const ir::Inst &I) {
    return I.Kind == ir::InstKind::Assign && I.Temp < 0 &&
           U.get(I.Dst).Kind == ir::ExprKind::Local;
  }

  /// \p What is read in \p I, or its address is taken.
  static bool reads(const ir::Unit &U, const ir::Inst &I,
                    const ir::Expr &What) {
    auto Reads = [&](ir::ExprId Id) { return reads(U, Id, What); };
    return (!isStore(U, I) && Reads(I.Dst)) || Reads(I.Value) ||
           Reads(I.Target) || llvm::any_of(I.Args, Reads);
  }

  static bool reads(const ir::Unit &U, ir::ExprId Id, const ir::Expr &What) {
    const ir::Expr &X = U.get(Id);
    return (X.Kind == What.Kind && X.Int == What.Int) ||
           (X.A && reads(U, X.A, What)) || (X.B && reads(U, X.B, What));
  }

  /// \p F, or what it calls, unregisters some device: which one a loop over
  /// devices comes to is not known.
  bool unregisters(FuncId F) {
    for (FuncId Each : U.closure(F)) {
      const FuncInfo &I = P.func(Each);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (isUnregister(I, In))
            return true;
    }
    return false;
  }

  bool isUnregister(const FuncInfo &I, const ir::Inst &In) const {
    if (In.Kind != ir::InstKind::Call || !In.Callee)
      return false;
    const ApiFunction *A = P.callee(I, In).Api;
    return A && A->Does == Role::Unregister;
  }

  /// The driver has a callback for the end, or hands one to devres.
  bool hasEnd(const Slot &Begin) const {
    for (llvm::StringRef End : {"remove", "remove_new", "disconnect"})
      if (P.initial(Begin.Table, End))
        return true;
    return llvm::any_of(P.bindings(), [](const Binding &B) {
      return B.Class == "devm-action";
    });
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeRegisterRule(RuleContext &C) {
  return std::make_unique<RegisterRule>(C);
}
