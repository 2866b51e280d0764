//===- DestructorRule.cpp - What the core's own cleanup repeats -*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L10, L11, L12, L20, R05: priv_destructor and ndo_uninit are called by the
/// core, also when registration fails behind ndo_init (catalogue A.4 to A.6;
/// net/core/dev.c register_netdevice, netdev_run_todo).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class DestructorRule : public Rule {
public:
  using Rule::Rule;

  void released(const Point &At, ValId What, bool Assumed,
                const State &S) override {
    const uint32_t *Before = S.Released.lookup(What);
    if (!Before || !inDevice(What, S))
      return;
    ReleasedBy Old = ReleasedBy(*Before);
    const CoreCall *Now = running();
    bool NowEnds = Now && Now->Step != CoreStep::Setup;
    if (Old == ReleasedBy::Driver && !NowEnds)
      return; // twice by the driver alone: not about what the core calls
    bool Fin = Old == ReleasedBy::Destructor ||
               (NowEnds && Now->Step == CoreStep::Destructor);
    std::string Callback = Fin ? "priv_destructor" : "ndo_uninit";
    std::string Text = E.argText(At, 0);
    Text = Text.empty() ? "a resource" : "'" + Text + "'";
    std::string Message = NowEnds
                              ? Text + " is released by '" + Callback +
                                    "' although it has been released before"
                              : Text + " is released although '" + Callback +
                                    "' has released it: the core calls it when "
                                    "registration fails";
    // What the error path asks before may tell it whether the core was there
    // (catalogue E.5); not that the pointer is set.
    bool Guarded = false;
    for (ValId G = S.Guard; T.get(G).Kind == ValKind::Binary; G = T.get(G).A)
      Guarded |= T.get(G).B != What;
    C.report(Fin ? "ND-L10" : "ND-L20", At, S, 0, Message,
             Guarded || (Assumed && NowEnds) ? Precision::Medium
                                             : Precision::High,
             earlier(What, S));
  }

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    const CoreCall *Now = running();
    if (!Ev.Api || !Now || Now->Step != CoreStep::Destructor)
      return;
    std::string By = "'" + Ev.Shown.str() + "'";
    if (Ev.Api->Does == Role::Free && Ev.Dev == Now->Dev && Ev.Before)
      Freeing.push_back({At, S, Ev.Before->NeedsFree, By});
    else if (Ev.Api->Does == Role::Put && Ev.Dev == Now->Dev)
      C.report("ND-R05", At, S, Ev.Dev,
               By + " drops a reference of the device to itself in "
                    "'priv_destructor', which the core calls only after all "
                    "references are gone",
               Precision::High);
    else if (Ev.Api->Rtnl == RtnlNeed::MustNot && S.Rtnl >= 1 &&
             Ev.Api->Does != Role::RtnlTrylock)
      C.report("ND-L12", At, S, Now->Dev,
               By + " takes the RTNL in 'priv_destructor', which is called "
                    "with it held when registration fails",
               Precision::High);
    else if (Ev.Api->Rtnl == RtnlNeed::Must && S.Rtnl == 0)
      C.report("ND-L12", At, S, Now->Dev,
               By + " needs the RTNL, but 'priv_destructor' is called without "
                    "it when the device is unregistered",
               Precision::High);
  }

  /// A destructor may free the device where nobody else does: without
  /// needs_free_netdev, and never because registration failed (catalogue E.6).
  void coreRan(const Point &At, const CoreCall &Done,
               llvm::ArrayRef<State> After) override {
    if (Done.Step != CoreStep::Destructor)
      return;
    // A count of references decides: not on every path.
    bool Always = true;
    for (const State &S : After) {
      auto D = S.Devs.find(Done.Dev);
      Always &= D != S.Devs.end() && D->second.At == Life::Freed;
    }
    for (const FreeCall &F : Freeing)
      if ((Done.AfterFailure || F.NeedsFree == Tri::Yes) &&
          Told.insert(std::make_tuple(F.At.Func, F.At.Block, F.At.Inst)).second)
        C.report("ND-L11", F.At, F.S, Done.Dev,
                 F.By + " frees the device in 'priv_destructor', and " +
                     (Done.AfterFailure
                          ? "it is freed again where its registration failed"
                          : "'needs_free_netdev' makes the core free it"),
                 Always ? Precision::High : Precision::Low);
    Freeing.clear();
  }

private:
  struct FreeCall {
    Point At;
    State S;
    Tri NeedsFree;
    std::string By;
  };
  std::set<std::tuple<FuncId, uint32_t, uint32_t>> Told;
  std::vector<FreeCall> Freeing; ///< in the destructor that is running

  /// A member of a device leads to \p What: not what a list or an array holds,
  /// where one name stands for many.
  bool inDevice(ValId What, const State &S) const {
    const Val &X = T.get(What);
    if (X.Kind == ValKind::Binary) // an assumed release: its argument
      return inDevice(X.A, S);
    auto Member = [&](ValId Addr) {
      return S.Devs.contains(T.root(Addr)) && !T.throughElement(Addr) &&
             T.get(Addr).Kind == ValKind::Field &&
             !isListRecord(T.text(T.get(Addr).Rec));
    };
    if (X.Kind == ValKind::Init)
      return Member(X.A);
    for (const auto &[Addr, Value] : S.Store)
      if (Value == What && Member(Addr))
        return true;
    return false;
  }

  const CoreCall *running() const {
    llvm::ArrayRef<CoreCall> Calls = E.coreCalls();
    return Calls.empty() ? nullptr : &Calls.back();
  }

  /// Where \p What was released before.
  static std::vector<ExtraStep> earlier(ValId What, const State &S) {
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == What && N->State == "released")
        return {{N->Func, N->Block, N->Inst, "released here before"}};
    return {};
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeDestructorRule(RuleContext &C) {
  return std::make_unique<DestructorRule>(C);
}
