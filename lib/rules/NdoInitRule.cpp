//===- NdoInitRule.cpp - The contract of ndo_init and ndo_uninit -*- C++ -*-==//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-I04: ndo_init undoes what it did when it fails, as nobody else does, and
/// ndo_uninit undoes no more than that (catalogue A.4; net/core/dev.c
/// register_netdevice, include/linux/netdevice.h on ndo_uninit).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class NdoInitRule : public Rule {
public:
  using Rule::Rule;

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    if (!En.Table || T.text(En.Table->Field) != InitCallback)
      return;
    uint8_t Signs = E.range(S, Ret).Signs;
    if (Signs == Range::Pos)
      C.report("ND-I04", At, S, 0,
               "'ndo_init' returns a positive value, which becomes an error",
               Precision::High);
    if (Signs & Range::Zero)
      return;
    for (const auto &[Dev, Count] : S.Refs)
      if (Count > 0)
        C.report("ND-I04", At, S, Dev,
                 "'ndo_init' fails and keeps a reference to " +
                     referred(Dev, S) + ": 'ndo_uninit' is not called then",
                 Precision::High);
    for (ValId V : S.Owned)
      if (!(E.range(S, V).Signs & Range::Zero))
        C.report("ND-I04", At, S, V,
                 "'ndo_init' fails and keeps " + holder(V, S) +
                     ": neither 'ndo_uninit' nor 'priv_destructor' is called "
                     "then",
                 releasedByOthers(En.Func, V, S) ? Precision::Medium
                                                 : Precision::High);
  }

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    llvm::ArrayRef<CoreCall> Calls = E.coreCalls();
    if (!Ev.Api || Calls.empty() || Calls.back().Step != CoreStep::Uninit ||
        Ev.Dev != Calls.back().Dev)
      return;
    Role Does = Ev.Api->Does;
    if (Does == Role::Free || Does == Role::Unregister ||
        Does == Role::UnregisterFree)
      C.report("ND-I04", At, S, Ev.Dev,
               "'" + Ev.Shown.str() + "' " +
                   (Does == Role::Free ? "frees" : "unregisters") +
                   " the device in 'ndo_uninit', inside its unregistration",
               Precision::High);
    const int *Count = S.Refs.lookup(Ev.Dev);
    if (Does == Role::Put && Calls.back().AfterFailure && !S.Guard &&
        !(Count && *Count > 0))
      C.report("ND-I04", At, S, Ev.Dev,
               "'" + Ev.Shown.str() +
                   "' in 'ndo_uninit' drops a reference "
                   "that 'ndo_init' has not taken: the core "
                   "calls it when registration fails",
               Ev.Before && Ev.Before->Opaque ? Precision::Medium
                                              : Precision::High);
  }

private:
  /// The device a reference was taken to, as the source has it.
  static std::string referred(ValId Dev, const State &S) {
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get()) {
      llvm::StringRef M = N->Message;
      if (N->Object == Dev && M.consume_front("a reference to ") &&
          M.contains(" is taken"))
        return M.substr(0, M.find(" is taken")).str();
    }
    return "a device";
  }

  /// The member that holds \p V.
  std::string holder(ValId V, const State &S) const {
    for (const auto &[Addr, Value] : S.Store)
      if (FieldKey K = Value == V ? P.keyOf(Addr) : FieldKey())
        return "what it made for '" + C.text(K) + "'";
    return "what it made";
  }

  /// Code that neither ndo_uninit nor priv_destructor runs releases the member
  /// too: perhaps where registration failed.
  bool releasedByOthers(FuncId Init, ValId V, const State &S) {
    FieldKey K;
    for (const auto &[Addr, Value] : S.Store)
      if (Value == V && P.keyOf(Addr))
        K = P.keyOf(Addr);
    std::set<FuncId> Core;
    for (const Slot &Sl : P.slots())
      if (T.text(Sl.Field) == UninitCallback ||
          T.text(Sl.Field) == InitCallback || Sl.Func == Init)
        Core.insert(U.closure(Sl.Func).begin(), U.closure(Sl.Func).end());
    for (const FuncInfo &F : P.functions())
      if (F.Callers.empty() || llvm::any_of(P.slots(), [&](const Slot &Sl) {
            return &P.func(Sl.Func) == &F;
          }))
        if (FuncId Id = &F - P.functions().data();
            !Core.count(Id) && F.Ends.count(K) && !isDestructor(F.Name))
          return true;
    return false;
  }

  /// Some function gives it to priv_destructor.
  bool isDestructor(llvm::StringRef Name) const {
    for (const FuncInfo &F : P.functions())
      for (const ir::Block &B : F.F->Blocks)
        for (const ir::Inst &I : B.Insts) {
          if (I.Kind != ir::InstKind::Assign || !I.Dst)
            continue;
          const ir::Expr &D = F.U->get(I.Dst), &V = F.U->get(I.Value);
          if (D.Kind == ir::ExprKind::Field && V.Kind == ir::ExprKind::Func &&
              deviceField(F.U->text(D.Name)) == DevField::Destructor &&
              F.U->text(V.Name) == Name)
            return true;
        }
    return false;
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeNdoInitRule(RuleContext &C) {
  return std::make_unique<NdoInitRule>(C);
}
