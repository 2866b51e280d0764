//===- LateFlagRule.cpp - needs_free_netdev set too late --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L08 of a device whose needs_free_netdev is set only after registration
/// has dropped the RTNL: a callback that unregisters it, and leaves the rest to
/// the core, may be faster (net/core/dev.c netdev_run_todo() reads the flag).
/// Under the RTNL of the registration it is early enough (catalogue A.2, E.3).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class LateFlagRule : public Rule {
public:
  using Rule::Rule;

  void store(const Point &At, ValId Addr, ValId Value,
             const State &S) override {
    const Val &A = T.get(Addr);
    auto D = A.Kind == ValKind::Field ? S.Devs.find(A.A) : S.Devs.end();
    if (D != S.Devs.end() &&
        deviceField(T.text(A.Name)) == DevField::NeedsFree &&
        D->second.At == Life::Reg && D->second.From == Origin::Plain &&
        D->second.NeedsFree == Tri::No && S.Rtnl == 0 &&
        !(E.range(S, Value).Signs & Range::Zero))
      Late.push_back({At, D->first, S});
  }

  void finish() override {
    for (const Store &X : Late)
      for (const Caller &Who : U.callers())
        if (std::optional<Point> End = relies(Who)) {
          std::vector<ExtraStep> Steps =
              C.steps({&Who, U.chain(Who.Func, End->Func), nullptr}, "");
          Steps.push_back({End->Func, End->Block, End->Inst,
                           C.describe(Who) +
                               " unregisters devices, and leaves freeing them "
                               "to the core"});
          C.report("ND-L08", X.At, X.S, X.Dev,
                   "'needs_free_netdev' is set when the device may have been "
                   "unregistered already: nobody frees it then",
                   Precision::Medium, std::move(Steps));
          break;
        }
  }

private:
  struct Store {
    Point At;
    ValId Dev;
    State S;
  };
  std::vector<Store> Late;

  /// Where \p Who, which may run while a driver probes, unregisters a device
  /// and leaves it to the core to free it.
  std::optional<Point> relies(const Caller &Who) {
    if (!Who.Table || beginsLife(T.text(Who.Table->Field)) ||
        endsLife(T.text(Who.Table->Field)) || U.mayDo(Who.Func, Role::Free))
      return std::nullopt;
    for (FuncId F : U.closure(Who.Func))
      for (const ApiCall &X : P.func(F).Apis)
        if (X.Api->Does == Role::Unregister)
          return Point{0, F, X.Block, X.Inst};
    return std::nullopt;
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeLateFlagRule(RuleContext &C) {
  return std::make_unique<LateFlagRule>(C);
}
