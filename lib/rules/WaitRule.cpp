//===- WaitRule.cpp - Waiting for work that waits for the RTNL --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K04: catalogue B.3 and E.24 (net/ipv4/udp_tunnel_nic.c describes the
/// deadlock). What a handler may wait for is seen when it is run as an entry;
/// what waits for it is kept until all have run.
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class WaitRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Api && S.Rtnl <= 0) {
      FuncId By = E.running().Func;
      if (Ev.Api->Rtnl == RtnlNeed::MustNot)
        Blocks.try_emplace(By, steps(At, "which waits for the RTNL in '" +
                                             Ev.Shown.str() + "'"));
      else if (Ev.Api->Does == Role::RtnlTrylock)
        Tries.try_emplace(By, steps(At, "which takes care not to wait for the "
                                        "RTNL by '" +
                                            Ev.Shown.str() + "'"));
    }
    if (S.Rtnl == 0)
      return;
    for (const ApiObject &O : Ev.Objects)
      if (waits(O) && O.Object.In == Where::Arg &&
          O.Object.Index < Ev.Args.size())
        Waits.push_back({At, S, E.running(), Ev.Shown.str(),
                         O.Class == "workqueue"
                             ? handlersOn(At, O.Object.Index)
                             : handlersOf(Ev.Args[O.Object.Index])});
  }

  void finish() override {
    for (const Wait &W : Waits)
      judge(W);
  }

private:
  /// Handlers a wait may be for, all bound to what the text names.
  struct Awaited {
    std::string What;
    std::vector<const Binding *> Handlers;
  };
  struct Wait {
    Point At;
    State S;
    Entry From;
    std::string By;
    std::vector<Awaited> For;
  };

  static bool waits(const ApiObject &O) {
    static const llvm::StringRef Classes[] = {
        "work",         "delayed-work",         "rcu-work",
        "kthread-work", "kthread-delayed-work", "workqueue"};
    return (O.Does == Act::CancelSync || O.Does == Act::FlushSync ||
            O.Does == Act::DisableSync) &&
           llvm::is_contained(Classes, O.Class);
  }

  /// The calls from the running entry down to \p At, and what happens there.
  std::vector<ExtraStep> steps(const Point &At, std::string Message) const {
    std::vector<ExtraStep> Out = {{At.Func, At.Block, At.Inst, Message}};
    for (CtxId Ctx = At.Ctx; T.site(Ctx).Parent;) {
      FuncId Callee = T.site(Ctx).Func;
      Point From = C.caller(Ctx);
      Out.insert(Out.begin(), {From.Func, From.Block, From.Inst,
                               "which calls '" + C.name(Callee) + "' here"});
      Ctx = From.Ctx;
    }
    return Out;
  }

  /// What was bound to the member \p Path, best known owners first.
  std::vector<const Binding *> bestOf(llvm::ArrayRef<FieldKey> Path) const {
    size_t Most = 1;
    std::vector<const Binding *> Out;
    for (const Binding &B : P.bindings()) {
      size_t Same = agree(Path, B.Path);
      if (Same < Most)
        continue;
      if (Same > Most)
        Out.clear();
      Most = Same;
      Out.push_back(&B);
    }
    return Out;
  }

  /// The handlers of the object at \p Object.
  std::vector<Awaited> handlersOf(ValId Object) const {
    std::vector<FieldKey> Path = P.pathOf(Object);
    if (Path.empty())
      return {};
    std::vector<const Binding *> Out = bestOf(Path);
    if (Out.empty())
      return {};
    return {{C.text(Path[0]), Out}};
  }

  /// Argument \p Arg of \p In, or the member it was loaded from.
  std::vector<FieldKey> memberOf(FuncId F, const ir::Inst &In, unsigned Arg) {
    if (Arg >= In.Args.size())
      return {};
    ir::ExprId Id = P.throughLocal(F, In.Args[Arg]);
    const ir::Expr &X = P.func(F).U->get(Id);
    return P.pathOf(F, X.Kind == ir::ExprKind::Load ? X.A : Id);
  }

  /// Both may name the same member, as far as its owners are known.
  static size_t agree(llvm::ArrayRef<FieldKey> A, llvm::ArrayRef<FieldKey> B) {
    size_t N = std::min(A.size(), B.size());
    return A.take_front(N) == B.take_front(N) ? N : 0;
  }

  /// The handlers of all work that is put on the queue that argument \p Arg of
  /// the call at \p At names.
  std::vector<Awaited> handlersOn(const Point &At, unsigned Arg) {
    std::vector<Awaited> Out;
    const ir::Inst *I = E.inst(At);
    std::vector<FieldKey> Queue;
    if (I)
      Queue = memberOf(At.Func, *I, Arg);
    if (Queue.empty())
      return Out;
    std::set<FieldKey> Seen;
    for (const Use &On : U.usesOf(Queue[0])) {
      if (!On.Row || On.Row->Class != "workqueue" || On.Row->Does != Act::Use)
        continue;
      const ir::Inst &In = P.func(On.In).F->Blocks[On.Block].Insts[On.Inst];
      if (!agree(Queue, memberOf(On.In, In, On.Row->Object.Index)))
        continue;
      for (const Use &Work : U.usesIn(On.In)) {
        if (Work.Block != On.Block || Work.Inst != On.Inst || !Work.Row ||
            Work.Row->Does != Act::Arm || !Seen.insert(Work.Key).second)
          continue;
        std::vector<FieldKey> Path =
            memberOf(On.In, In, Work.Row->Object.Index);
        Awaited A{C.text(Work.Key), bestOf(Path)};
        if (!A.Handlers.empty())
          Out.push_back(std::move(A));
      }
    }
    return Out;
  }

  void judge(const Wait &W) {
    for (const Awaited &A : W.For) {
      const Binding *Bad = nullptr;
      bool All = true;
      for (const Binding *B : A.Handlers) {
        // Who waits for itself does so under some condition not seen here.
        if (W.From.Func == B->Handler)
          return;
        if (Blocks.count(B->Handler))
          Bad = Bad ? Bad : B;
        else
          All = false;
      }
      if (!Bad)
        continue;
      if (W.S.Rtnl > 0)
        tell(W, A, *Bad, All);
      else if (Tries.count(Bad->Handler) && !W.From.Table)
        tellInconsistent(W, A, *Bad, All);
    }
  }

  std::vector<ExtraStep> handler(const Binding &B) const {
    return {
        {B.In, B.Block, B.Inst, "'" + C.name(B.Handler) + "' is its handler"}};
  }

  void tell(const Wait &W, const Awaited &A, const Binding &B, bool All) {
    std::vector<ExtraStep> Steps = handler(B);
    const std::vector<ExtraStep> &How = Blocks.at(B.Handler);
    Steps.insert(Steps.end(), How.begin(), How.end());
    C.reportLock("ND-K04", W.At, W.S, W.From,
                 "'" + W.By + "' waits for '" + A.What +
                     "' with the RTNL held, and its handler '" +
                     C.name(B.Handler) + "' takes the RTNL",
                 // One member of a shared record may stand for several works.
                 All ? Precision::High : Precision::Medium, Steps);
  }

  /// Nobody tries for a lock unless waiting for it would be wrong: the handler
  /// itself says that it is waited for with the RTNL held.
  void tellInconsistent(const Wait &W, const Awaited &A, const Binding &B,
                        bool All) {
    std::vector<ExtraStep> Steps = handler(B);
    for (const auto *How : {&Tries.at(B.Handler), &Blocks.at(B.Handler)})
      Steps.insert(Steps.end(), How->begin(), How->end());
    C.reportLock("ND-K04", W.At, W.S, W.From,
                 "'" + W.By + "' waits for '" + A.What + "', whose handler '" +
                     C.name(B.Handler) +
                     "' must not wait for the RTNL, but does in one place",
                 All ? Precision::High : Precision::Medium, Steps);
  }

  std::map<FuncId, std::vector<ExtraStep>> Blocks, Tries;
  std::vector<Wait> Waits;
};
} // namespace

std::unique_ptr<Rule> netdev::makeWaitRule(RuleContext &C) {
  return std::make_unique<WaitRule>(C);
}
