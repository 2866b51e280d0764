//===- LeakRule.cpp - Devices nobody frees ----------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L07, L08, L09, L17, O02, O03: what may not be left at the end of an entry
/// (catalogue B.1, B.4; net/core/rtnetlink.c rtnl_newlink_create).
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class LeakRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!Ev.Api || Ev.Api->Does != Role::Free)
      return;
    if (Ev.Before)
      Released.insert({Ev.Dev, At.Func});
    else
      Unresolved.insert(entryOf(At.Ctx));
  }

  /// A device that others can find leaks as well when a sibling error path of
  /// the function that made it does release it (Hector, DSN 2013: the
  /// exemplar is in the same function).
  void finish() override {
    for (const Candidate &X : Candidates)
      // A release of a device that has no name here may have been meant.
      if (Released.count({X.Dev, X.MadeIn}) && !Unresolved.count(X.EntryFunc))
        C.report(X.Rule, X.At, X.S, X.Dev, X.Message, Precision::High);
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    uint8_t Signs = E.range(S, Ret).Signs;
    for (const auto &[Dev, D] : S.Devs)
      check(En, At, Ret, Signs, Dev, D, S);
  }

private:
  struct Candidate {
    std::string Rule, Message;
    Point At;
    ValId Dev;
    FuncId MadeIn, EntryFunc;
    State S;
  };
  std::vector<Candidate> Candidates;
  std::set<std::pair<ValId, FuncId>> Released;

  /// \p F, or what it calls, has a call of that role. How many times a loop
  /// over devices runs is not known here.
  bool calls(FuncId F, Role What) {
    for (FuncId Each : U.closure(F)) {
      const FuncInfo &I = P.func(Each);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Kind == ir::InstKind::Call && In.Callee)
            if (const ApiFunction *A = P.model().function(I.U->text(In.Callee)))
              if (A->Does == What)
                return true;
    }
    return false;
  }

  /// priv_destructor frees the device itself: legal where it is set after
  /// registration (catalogue E.6).
  bool destructorFrees(const DevState &D) {
    if (!D.Destructor)
      return false;
    FuncId F = P.find(T.text(T.get(D.Destructor).Name));
    for (FuncId Id = 0; F == NoFunc && Id < P.functions().size(); ++Id)
      if (P.func(Id).Name == T.text(T.get(D.Destructor).Name))
        F = Id;
    return F == NoFunc || calls(F, Role::Free);
  }

  FuncId registeredIn(ValId Dev, const State &S) const {
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Dev && N->State == toText(Life::Reg))
        return N->Func;
    return NoFunc;
  }

  FuncId entryOf(CtxId Ctx) const {
    while (T.site(Ctx).Parent)
      Ctx = T.site(Ctx).Parent;
    return T.site(Ctx).Func;
  }

  std::set<FuncId> Unresolved;

  FuncId madeIn(ValId Dev, const State &S) const {
    FuncId F = NoFunc;
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Dev && N->State == toText(Life::Alloc))
        F = N->Func;
    return F;
  }

  /// Nothing runs after this entry failed: what it registered stays for good.
  bool begins(const Entry &En) const {
    return isField(En, "probe") || En.Func == P.moduleInit();
  }

  bool isField(const Entry &En, llvm::StringRef Name) const {
    return En.Table && T.text(En.Table->Field) == Name;
  }

  /// Somebody outside this entry can still find the device.
  bool reachable(ValId Dev, ValId Ret, const DevState &D, const State &S,
                 bool Failing) const {
    if (D.Escaped || T.root(Ret) == Dev)
      return true;
    for (const auto &KV : S.Store) {
      if (T.root(KV.second) != Dev || T.root(KV.first) == Dev)
        continue;
      const Val &Root = T.get(T.root(KV.first));
      if (Root.Kind == ValKind::Local)
        continue;
      // Driver data is forgotten when probe fails (drivers/base/dd.c).
      if (Failing && T.get(KV.first).Kind == ValKind::Field &&
          T.text(T.get(KV.first).Name) == "driver_data")
        continue;
      return true;
    }
    return false;
  }

  void check(const Entry &En, const Point &At, ValId Ret, uint8_t Signs,
             ValId Dev, const DevState &D, const State &S) {
    bool Failing = E.failed(En.Func, Ret, S);
    if (D.From == Origin::LinkOps) {
      if (!isField(En, "newlink"))
        return;
      if (Signs == Range::Neg && (D.At == Life::Reg || D.At == Life::Queued))
        C.report("ND-O02", At, S, Dev,
                 "newlink returns an error while the device is " +
                     toText(D.At).str(),
                 Precision::High);
      else if (Signs == Range::Zero && D.At == Life::Alloc)
        C.report("ND-O03", At, S, Dev,
                 "newlink returns success without registering the device",
                 Precision::Medium);
      return;
    }
    if (D.From == Origin::Param || D.From == Origin::Devm)
      return;
    bool Held = reachable(Dev, Ret, D, S, Failing);
    if (Failing && !D.MaybeGone) {
      std::string Rule, Message;
      if (D.At == Life::Alloc || D.At == Life::Unreg) {
        Rule = "ND-L07";
        Message = "the device is not freed on this error path";
      } else if (D.At == Life::RegFailed) {
        Rule = D.NeedsFree == Tri::Yes ? "ND-L09" : "ND-L07";
        Message = "the device is not freed after its registration failed";
      } else if (D.At == Life::Reg &&
                 (!Held || (begins(En) && !calls(En.Func, Role::Unregister)))) {
        Rule = "ND-L17";
        Message = "an error is returned while the device stays registered";
      }
      if (!Rule.empty() && (!Held || Rule == "ND-L17"))
        C.report(Rule, At, S, Dev, Message,
                 Rule == "ND-L17" && !begins(En) &&
                         registeredIn(Dev, S) != En.Func
                     ? Precision::Medium
                     : Precision::High);
      else if (!Rule.empty() && T.root(Ret) != Dev)
        Candidates.push_back(
            {Rule, Message, At, Dev, madeIn(Dev, S), En.Func, S});
    }
    // The other end of a life: nothing comes after.
    if (En.Before && D.At == Life::Unreg && D.WasRegistered && !D.MaybeGone &&
        !destructorFrees(D))
      C.report("ND-L08", At, S, Dev,
               "the device is unregistered but never freed",
               D.Escaped ? Precision::Medium : Precision::High);
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeLeakRule(RuleContext &C) {
  return std::make_unique<LeakRule>(C);
}
