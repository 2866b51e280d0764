//===- RtnlRule.cpp - The RTNL: missing, taken twice, unbalanced -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K01, K02, K03, K04, N02, N03: catalogue B.3 (net/core/rtnetlink.c,
/// ASSERT_RTNL at each function; rtnl_lock is a plain mutex).
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class RtnlRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    // ND-L12 speaks of what a destructor does.
    if (!E.coreCalls().empty() &&
        E.coreCalls().back().Step == CoreStep::Destructor)
      return;
    if (S.Rtnl >= 1)
      waits(At, Ev, S);
    if (!Ev.Api || S.Rtnl == State::UnknownRtnl)
      return;
    std::string By = "'" + Ev.Shown.str() + "'";
    if (Ev.Api->Rtnl == RtnlNeed::Must && S.Rtnl == 0 && locks(Ev.Api->Does)) {
      C.report("ND-K01", At, S, Ev.Dev,
               By + " needs the RTNL, which is not held here", Precision::High);
    } else if (Ev.Api->Rtnl == RtnlNeed::MustNot && S.Rtnl >= 1 &&
               Ev.Api->Does != Role::RtnlTrylock) {
      bool Notifier = Ev.Api->Does == Role::NotifierRegister ||
                      Ev.Api->Does == Role::NotifierUnregister;
      C.report(Notifier ? "ND-N02" : "ND-K02", At, S, Ev.Dev,
               By + " takes the RTNL, which is already held here",
               Precision::High);
    } else if (Ev.Api->Does == Role::RtnlUnlock && S.Rtnl == 0) {
      // Flags may tie the lock to its release in ways not seen here.
      C.report("ND-K03", At, S, 0, By + " drops the RTNL, which is not held",
               Precision::Medium);
    }
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    // Only where it is known how the entry begins, and where the function
    // means to be balanced: it takes the lock as well as dropping it.
    if (En.Rtnl == State::UnknownRtnl || S.Rtnl == State::UnknownRtnl ||
        !balances(En.Func))
      return;
    int8_t At0 = En.Rtnl;
    if (S.Rtnl > At0)
      C.report("ND-K03", At, S, 0, "the RTNL is still held on return",
               Precision::High);
    else if (S.Rtnl < At0)
      C.report("ND-K03", At, S, 0,
               "the RTNL, which the caller holds, is dropped on return",
               Precision::High);
  }

private:
  bool balances(FuncId F) {
    bool Takes = false, Drops = false;
    for (FuncId Each : U.closure(F)) {
      const FuncInfo &I = P.func(Each);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Kind == ir::InstKind::Call)
            if (const ApiFunction *A =
                    P.model().function(I.U->text(In.Callee))) {
              Drops |= A->Does == Role::RtnlUnlock;
              Takes |=
                  A->Does == Role::RtnlLock || A->Does == Role::RtnlTrylock;
            }
    }
    return Takes && Drops;
  }

  /// The lock operations themselves are a question of balance; a look-up may
  /// be protected by RCU instead.
  static bool locks(Role R) {
    return R != Role::LookupBorrowed && R != Role::LookupRtnl &&
           R != Role::RtnlUnlock && R != Role::RtnlUnlockCore &&
           R != Role::RtnlAssert;
  }

  /// The handler may block on the RTNL; the call that does so.
  const ir::Inst *takesRtnl(FuncId Handler, FuncId &In) {
    for (FuncId F : U.closure(Handler)) {
      const FuncInfo &I = P.func(F);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &Each : B.Insts) {
          if (Each.Kind != ir::InstKind::Call || !Each.Callee)
            continue;
          const ApiFunction *A = P.model().function(I.U->text(Each.Callee));
          if (!A || A->Rtnl != RtnlNeed::MustNot ||
              A->Does == Role::RtnlTrylock)
            continue;
          In = F;
          return &Each;
        }
    }
    return nullptr;
  }

  size_t handlersOf(FieldKey K) const {
    std::set<FuncId> Handlers;
    for (const Binding &B : P.bindings())
      if (B.Object == K)
        Handlers.insert(B.Handler);
    return Handlers.size();
  }

  /// ND-K04: waiting, with the RTNL held, for a handler that needs it.
  void waits(const Point &At, const CallEvent &Ev, const State &S) {
    for (const ApiObject &O : Ev.Objects) {
      if (O.Does != Act::CancelSync && O.Does != Act::FlushSync &&
          O.Does != Act::DisableSync)
        continue;
      if (O.Object.In != Where::Arg || O.Object.Index >= Ev.Args.size())
        continue;
      FieldKey K = P.keyOf(Ev.Args[O.Object.Index]);
      if (!K || (O.Class != "work" && O.Class != "delayed-work"))
        continue;
      for (const Binding &B : P.bindings()) {
        FuncId In = NoFunc;
        if (!(B.Object == K))
          continue;
        const ir::Inst *Lock = takesRtnl(B.Handler, In);
        if (!Lock)
          continue;
        std::vector<ExtraStep> Steps = {
            {B.In, B.Block, B.Inst,
             "'" + C.name(B.Handler) + "' is its handler"}};
        const ir::Function &F = *P.func(In).F;
        for (uint32_t Blk = 0; Blk < F.Blocks.size(); ++Blk)
          for (uint32_t N = 0; N < F.Blocks[Blk].Insts.size(); ++N)
            if (&F.Blocks[Blk].Insts[N] == Lock)
              Steps.push_back({In, Blk, N,
                               "which waits for the RTNL in '" +
                                   P.func(In).U->text(Lock->Callee).str() +
                                   "'"});
        C.report("ND-K04", At, S, 0,
                 "'" + Ev.Shown.str() + "' waits for '" + C.text(K) +
                     "' with the RTNL held, and its handler '" +
                     C.name(B.Handler) + "' takes the RTNL",
                 // One member of a shared record may stand for several works.
                 handlersOf(K) > 1 ? Precision::Medium : Precision::High,
                 Steps);
        return;
      }
    }
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeRtnlRule(RuleContext &C) {
  return std::make_unique<RtnlRule>(C);
}
