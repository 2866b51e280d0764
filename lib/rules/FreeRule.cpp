//===- FreeRule.cpp - Devices freed twice, too early, or used after -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L01, L02, L03, L04, D01, O01, Q04: what may not happen at and after
/// free_netdev() (catalogue A.5; net/core/dev.c free_netdev, netdev_run_todo).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class FreeRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!Ev.Api || !Ev.Before)
      return;
    if (Ev.Api->Does != Role::Free && Ev.Api->Does != Role::UnregisterFree)
      return;
    // In a destructor that the core runs: ND-L11.
    if (!E.coreCalls().empty() &&
        E.coreCalls().back().Step == CoreStep::Destructor)
      return;
    const DevState &D = *Ev.Before;
    std::string Dev = E.argText(At, Ev.Api->Dev.Index);
    Dev = Dev.empty() ? "the device" : "'" + Dev + "'";
    std::string By = "'" + Ev.Shown.str() + "'";
    if (D.From == Origin::LinkOps && Ev.Api->Does == Role::Free) {
      C.report("ND-O01", At, S, Ev.Dev,
               Dev + " belongs to rtnl_link_ops and is freed by " + By +
                   "; the core frees it",
               Precision::High);
      return;
    }
    if (D.At == Life::CoreFreed) {
      C.report("ND-L01", At, S, Ev.Dev,
               By + " frees " + Dev +
                   " although 'needs_free_netdev' made the core free it",
               Precision::High);
      return;
    }
    if (D.At == Life::Freed) {
      C.report("ND-L03", At, S, Ev.Dev, Dev + " is freed twice",
               Precision::High);
      return;
    }
    if (D.From == Origin::Devm) {
      C.report("ND-D01", At, S, Ev.Dev,
               Dev + " is device-managed and is freed by " + By +
                   "; devres frees it again",
               Precision::High);
      return;
    }
    if (D.At == Life::Reg || D.At == Life::Queued)
      C.report(D.At == Life::Queued ? "ND-Q04" : "ND-L02", At, S, Ev.Dev,
               Dev + " is freed by " + By + " while it is " +
                   toText(D.At).str(),
               Precision::High);
  }

  void usedDead(const Point &At, ValId Dev, ValId Addr,
                const State &S) override {
    auto It = S.Devs.find(Dev);
    if (It == S.Devs.end())
      return;
    // One finding for each release and function: the first use on the path.
    Point From;
    if (const TraceNode *Release = C.lastStep(S, Dev))
      From = Point{0, Release->Func, Release->Block, Release->Inst};
    auto Key =
        std::make_tuple(From.Func, From.Block, From.Inst, At.Func, S.Certain);
    if (!Told.insert(Key).second)
      return;
    // Say what is touched: the last member of the address.
    std::string What = "the device", Freed = "it";
    for (ValId A = Addr; A; A = T.get(A).A) {
      const Val &V = T.get(A);
      if (V.Kind != ValKind::Field && V.Kind != ValKind::Elem)
        break;
      if (V.Kind == ValKind::Field && T.text(V.Name) != PrivateArea) {
        What = "'" + T.text(V.Rec).str() + "->" + T.text(V.Name).str() + "'";
        Freed = "the device";
        break;
      }
    }
    C.report("ND-L04", At, S, Dev,
             What + " is used after " +
                 (It->second.At == Life::CoreFreed ? "the core freed " + Freed
                                                   : Freed + " was freed"),
             Precision::High);
  }

private:
  std::set<std::tuple<FuncId, uint32_t, uint32_t, FuncId, bool>> Told;
};
} // namespace

std::unique_ptr<Rule> netdev::makeFreeRule(RuleContext &C) {
  return std::make_unique<FreeRule>(C);
}
