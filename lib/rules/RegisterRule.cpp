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
      break;
    case Role::Unregister:
    case Role::UnregisterFree:
      if (D.DevmRegistered)
        C.report("ND-D03", At, S, Ev.Dev,
                 Dev + " was registered by devres and is unregistered by " +
                     By + "; devres does it again",
                 Precision::High);
      else if (D.At == Life::Alloc || D.At == Life::RegFailed) {
        if (D.From != Origin::Param)
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
  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    bool Begins = En.Table && T.text(En.Table->Field) == "probe";
    bool Failing = E.failed(En.Func, Ret, S);
    if (!En.Before && !Begins)
      return;
    for (const auto &[Dev, D] : S.Devs)
      if (D.From == Origin::Devm && D.At == Life::Reg && !D.DevmRegistered &&
          !D.MaybeGone && (En.Before || Failing || !hasEnd(*En.Table)))
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
  /// Nothing in the function of \p At reads the result of its call.
  bool isIgnored(const Point &At) const {
    const ir::Inst *Call = E.inst(At);
    if (!Call)
      return false;
    const FuncInfo &F = P.func(At.Func);
    auto Reads = [&](ir::ExprId Id) { return reads(*F.U, Id, Call->Temp); };
    for (const ir::Block &B : F.F->Blocks) {
      for (const ir::Inst &I : B.Insts)
        if (Reads(I.Dst) || Reads(I.Value) || Reads(I.Target) ||
            llvm::any_of(I.Args, Reads))
          return false;
      if (Reads(B.Term.Cond))
        return false;
    }
    return true;
  }

  static bool reads(const ir::Unit &U, ir::ExprId Id, int64_t Temp) {
    const ir::Expr &X = U.get(Id);
    if (X.Kind == ir::ExprKind::Temp)
      return X.Int == Temp;
    return (X.A && reads(U, X.A, Temp)) || (X.B && reads(U, X.B, Temp));
  }

  /// \p F, or what it calls, unregisters some device: which one a loop over
  /// devices comes to is not known.
  bool unregisters(FuncId F) {
    for (FuncId Each : U.closure(F)) {
      const FuncInfo &I = P.func(Each);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Kind == ir::InstKind::Call && In.Callee)
            if (const ApiFunction *A = P.model().function(I.U->text(In.Callee)))
              if (A->Does == Role::Unregister)
                return true;
    }
    return false;
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
