//===- UnregisterEventRule.cpp - What comes with NETDEV_UNREGISTER --------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-N04: NETDEV_UNREGISTER comes for every device, again while references
/// remain (net/core/dev.c netdev_wait_allrefs_any), for devices that move to
/// another namespace and for all when the notifier goes. A handler drops what
/// it took itself, and leaves the device to who unregisters it.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprKind;

namespace {
class UnregisterEventRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    const Slot *Table = E.running().Table;
    if (!Ev.Api || !Table || T.text(Table->Struct) != NotifierRecord ||
        !P.isNetdevNotifier(Table->Table))
      return;
    // netdev_notifier_info_to_dev(ptr)
    if (Ev.Api->Does == Role::LookupBorrowed && !Ev.Args.empty() &&
        Ev.Args[0] == argument(2))
      Notified.insert(Ev.Result);
    if (!Notified.count(Ev.Dev))
      return;
    std::string By = "'" + Ev.Shown.str() + "'";
    if (Ev.Api->Does == Role::Put && !(held(Ev.Dev, S) > 0) &&
        !holds(Table->Func) && !asks(At))
      C.report("ND-N04", At, S, Ev.Dev,
               By + " drops a reference of whatever device the event is for: "
                    "nothing here asks whether one was taken",
               Precision::High);
    if ((Ev.Api->Does == Role::Free || Ev.Api->Does == Role::Unregister) &&
        isUnregister(S))
      C.report("ND-N04", At, S, Ev.Dev,
               By + (Ev.Api->Does == Role::Free ? " frees" : " unregisters") +
                   " the device that NETDEV_UNREGISTER is sent for: who "
                   "unregisters it does that",
               Precision::High);
  }

private:
  std::set<ValId> Notified; ///< devices that events are for

  ValId argument(uint32_t I) { return E.parameter(E.running().Func, I); }

  static int held(ValId Dev, const State &S) {
    const int *N = S.Refs.lookup(Dev);
    return N ? *N : 0;
  }

  /// The handler, or what it calls, takes references.
  bool holds(FuncId Handler) {
    return llvm::any_of(U.closure(Handler),
                        [&](FuncId F) { return U.does(F, Role::Hold); });
  }

  bool isUnregister(const State &S) {
    Range R = E.range(S, argument(1));
    return R.Exact && R.Num == UnregisterEvent;
  }

  /// Something besides the event decides whether control comes to \p At.
  bool asks(Point At) {
    for (;; At = C.caller(At.Ctx)) {
      const ir::Function &F = *P.func(At.Func).F;
      for (uint32_t B = 0; B < F.Blocks.size(); ++B)
        if (F.Blocks[B].Term.Cond && ir::decides(F, B, At.Block) &&
            !isOfEvent(At.Func, F.Blocks[B].Term.Cond))
          return true;
      if (!T.site(At.Ctx).Parent)
        return false;
    }
  }

  /// \p E of \p F is made of arguments and numbers only.
  bool isOfEvent(FuncId F, ir::ExprId E) const {
    const ir::Expr &X = P.func(F).U->get(P.throughLocal(F, E));
    switch (X.Kind) {
    case ExprKind::Int:
      return true;
    case ExprKind::Load: {
      const ir::Expr &A = P.func(F).U->get(X.A);
      return A.Kind == ExprKind::Local && A.Int < P.func(F).F->NumParams;
    }
    case ExprKind::Unary:
      return isOfEvent(F, X.A);
    case ExprKind::Binary:
      return isOfEvent(F, X.A) && isOfEvent(F, X.B);
    default:
      return false;
    }
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeUnregisterEventRule(RuleContext &C) {
  return std::make_unique<UnregisterEventRule>(C);
}
