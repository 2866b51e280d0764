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
    for (ValId V : S.Gone)
      Ended.insert({En.Func, V});
    for (ValId V : S.Owned)
      if (!(E.range(S, V).Signs & Range::Zero))
        C.report("ND-I04", At, S, V,
                 "'ndo_init' fails and keeps " + holder(V, S) +
                     ": neither 'ndo_uninit' nor 'priv_destructor' is called "
                     "then",
                 releasedByOthers(En.Func, V, S) ? Precision::Medium
                                                 : Precision::High);
  }

  void left(const Point &At, ValId Ret, int, const State &S) override {
    // A part that finds nothing does not make ndo_init fail.
    const FuncInfo &I = P.func(At.Func);
    bool Finds = llvm::StringRef(I.U->text(I.F->ReturnType)).ends_with("*");
    if (!SetUp.empty() && !Finds && E.failed(At.Func, Ret, S))
      unfinished(At, S);
  }

  void finish() override {
    for (const Unfinished &X : Left)
      if (X.At.Func == X.Init || !Ended.count({X.Init, X.Object}))
        C.report("ND-I04", X.At, X.S, X.Object,
                 "'ndo_init' fails and keeps what it set up in '" +
                     C.text(P.keyOf(X.Object)) +
                     "': neither 'ndo_uninit' nor 'priv_destructor' is called "
                     "then",
                 Precision::High);
  }

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    for (const ApiObject &O : Ev.Objects)
      if (ValId V =
              O.Does == Act::Init && Ev.Result ? E.addressOf(O, Ev.Args) : 0)
        SetUp.insert({V, Ev.Result});
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
  /// (object, result of the call that set it up)
  std::set<std::pair<ValId, ValId>> SetUp;

  struct Unfinished {
    Point At;
    State S;
    ValId Object;
    FuncId Init;
  };
  std::vector<Unfinished> Left;
  /// (ndo_init, object) where a path of it that fails has ended the object.
  std::set<std::pair<FuncId, ValId>> Ended;

  bool isInit(FuncId F) const {
    return llvm::any_of(P.slots(), [&](const Slot &Sl) {
      return Sl.Func == F && T.text(Sl.Field) == InitCallback;
    });
  }

  /// What a call that can fail has set up in the device, and some function
  /// ends, is not ended where ndo_init, or a part of it, fails.
  void unfinished(const Point &At, const State &S) {
    FuncId Init = C.entryOf(At.Ctx);
    if (!isInit(Init))
      return;
    for (const auto &[V, Result] : SetUp) {
      FieldKey K = P.keyOf(V);
      if (K && S.Ready.contains(V) && !S.Gone.contains(V) &&
          T.get(T.root(V)).Kind != ValKind::Global &&
          E.range(S, Result).Signs == Range::Zero &&
          llvm::any_of(U.usesOf(K), [](const Use &X) {
            return X.Row && X.Row->Does == Act::Destroy;
          }))
        Left.push_back({At, S, V, Init});
    }
  }

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
