//===- BesideUnregisterRule.cpp - Freed by a second thread ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K08: who unregisters a device under the RTNL and arms work that frees it
/// lets the work run before the RTNL is dropped: free_netdev() finds the device
/// unregistering, without the RTNL that it then needs (net/core/dev.c
/// free_netdev, catalogue A.5).
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class BesideUnregisterRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    FuncId Handler = E.running().Func;
    if (!Ev.Api || Ev.Api->Does != Role::Free || S.Rtnl > 0 ||
        (Ev.Before && Ev.Before->From != Origin::Param) || waits(Handler))
      return;
    for (const Binding &B : P.bindings())
      if (B.Handler == Handler)
        if (const Use *Arms = armedAfterUnregister(B.Object))
          C.report("ND-K08", At, S, Ev.Dev,
                   "'" + Ev.Shown.str() + "' may run while '" +
                       C.name(Arms->In) +
                       "' still unregisters the device with the RTNL held",
                   Precision::Medium,
                   {{Arms->In, Arms->Block, Arms->Inst,
                     "'" + C.name(Handler) + "' is armed here"}});
  }

private:
  /// The handler, or what it calls, takes the RTNL or unregisters itself.
  bool waits(FuncId Handler) {
    return llvm::any_of(U.closure(Handler), [&](FuncId F) {
      return U.does(F, Role::RtnlLock) || U.does(F, Role::RtnlTrylock) ||
             U.does(F, Role::Unregister) || U.does(F, Role::UnregisterFlush);
    });
  }

  /// Where \p Object is armed behind a call that unregisters a device and
  /// leaves the RTNL held; null if nowhere.
  const Use *armedAfterUnregister(FieldKey Object) {
    for (const Use &Each : U.usesOf(Object))
      if (Each.Kind == UseKind::Object && Each.Row->Does == Act::Arm &&
          unregistersBefore(Each))
        return &Each;
    return nullptr;
  }

  bool unregistersBefore(const Use &Arms) const {
    const FuncInfo &I = P.func(Arms.In);
    for (const ApiCall &X : I.Apis)
      if (X.Api->Does == Role::Unregister && X.Api->Rtnl == RtnlNeed::Must &&
          (X.Block == Arms.Block ? X.Inst < Arms.Inst
                                 : ir::mayReach(*I.F, X.Block, Arms.Block)))
        return !U.does(Arms.In, Role::RtnlUnlock);
    return false;
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeBesideUnregisterRule(RuleContext &C) {
  return std::make_unique<BesideUnregisterRule>(C);
}
