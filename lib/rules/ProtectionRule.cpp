//===- ProtectionRule.cpp - Devices used when nothing protects them -------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R03: a device that was looked up is used while RCU, the RTNL or a
/// reference protects it (net/core/dev.c, the comments on dev_get_by_name to
/// dev_get_by_index_rcu).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class ProtectionRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    for (const ApiObject &O : Ev.Objects)
      if (O.Class == "skb" && O.Object.In == Where::Arg &&
          O.Object.Index < Ev.Args.size())
        sent(At, Ev, Ev.Args[O.Object.Index], S);
  }

  /// RCU, the RTNL or the last reference has gone, and with it the device.
  void usedStale(const Point &At, ValId Dev, const State &S) override {
    const ir::Inst *I = E.inst(At);
    const ApiFunction *A =
        I && I->Kind == ir::InstKind::Call
            ? P.model().function(P.func(At.Func).U->text(I->Callee))
            : nullptr;
    // To drop it once more is a fault of its own.
    if (A && (A->Does == Role::Put || A->Does == Role::RefUntrack))
      return;
    outlived(At, Dev, "is used", S);
  }

private:
  using Place = std::tuple<CtxId, uint32_t, uint32_t>; ///< ..., block, inst
  /// The use that each put was told of by.
  std::map<Place, Place> Told;

  /// Where \p Dev was put, or by another name one that has become \p Dev where
  /// paths met.
  const TraceNode *lastPut(ValId Dev, const State &S) const {
    const TraceNode *Other = nullptr;
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->State == ReferenceDropped) {
        if (N->Object == Dev)
          return N;
        if (!Other && S.Looked.lookup(N->Object) && !S.Stale.lookup(N->Object))
          Other = N;
      }
    return T.get(Dev).Kind == ValKind::Fresh ? Other : nullptr;
  }

  /// The core looks at skb->dev of what is sent.
  void sent(const Point &At, const CallEvent &Ev, ValId Skb, const State &S) {
    ValId Dev =
        valueAt(S, T, T.field(Skb, T.name("dev"), T.name(PacketRecord)));
    if (S.Stale.lookup(Dev))
      outlived(At, Dev, "is used by '" + Ev.Shown.str() + "'", S);
  }

  void outlived(const Point &At, ValId Dev, std::string Does, const State &S) {
    Role By = Role(*S.Stale.lookup(Dev));
    if (E.range(S, Dev).Signs == Range::Zero)
      return;
    // One put is one fault, and all that uses the device after it shows it.
    const TraceNode *Put = By == Role::LookupHeld ? lastPut(Dev, S) : nullptr;
    Place Here{At.Ctx, At.Block, At.Inst};
    if (Put && Told.try_emplace(Place{Put->Ctx, Put->Block, Put->Inst}, Here)
                       .first->second != Here)
      return;
    // Who takes a reference does so for want of another protection.
    bool Sure = S.Rtnl == 0 || By == Role::LookupHeld;
    C.report("ND-R03", At, S, Put ? Put->Object : Dev,
             "the device " + Does + " after " +
                 (By == Role::LookupRcu    ? "the RCU read section has ended"
                  : By == Role::LookupRtnl ? "the RTNL was dropped"
                                           : "its reference was dropped"),
             Sure && !S.Given.contains(Dev) ? Precision::High
                                            : Precision::Medium);
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeProtectionRule(RuleContext &C) {
  return std::make_unique<ProtectionRule>(C);
}
