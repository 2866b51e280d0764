//===- NotifierRule.cpp - References that NETDEV_UNREGISTER must drop -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R04: "Any protocol or device that holds a reference should register for
/// netdevice notification, and cleanup and put back the reference if they
/// receive an UNREGISTER event" (net/core/dev.c, netdev_wait_allrefs_any).
///
/// A reference kept in a member or a global is owned by it when some function
/// drops it through that name. The notifier must then be able to drop it too.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

namespace {
class NotifierRule : public Rule {
public:
  using Rule::Rule;

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    // A failing function's references are a matter of its error path.
    if (E.failed(En.Func, Ret, S))
      return;
    for (const auto &Ref : S.Refs) {
      if (Ref.second <= 0)
        continue;
      for (const auto &KV : S.Store)
        if (KV.second == Ref.first && !T.isLocalMemory(KV.first))
          if (FieldKey K = owner(KV.first))
            Kept.emplace(K, Held{Ref.first, S});
    }
  }

  void keptElsewhere(const Point &At, ValId Ret, ValId Addr, ValId Dev,
                     const State &S) override {
    if (FieldKey K = owner(Addr); K && !E.failed(At.Func, Ret, S))
      Kept.emplace(K, Held{Dev, S});
  }

  void finish() override {
    findPuts();
    std::vector<const Slot *> Handlers;
    for (const Slot *N : U.slots(NotifierRecord, "notifier_call"))
      if (P.isNetdevNotifier(N->Table))
        Handlers.push_back(N);
    for (const Slot *N : Handlers)
      clearedWithoutPut(*N);
    for (const auto &[K, H] : Kept)
      keptForever(K, H, Handlers);
  }

private:
  struct Held {
    ValId Dev;
    State S;
  };

  /// Who owns what is stored at \p Addr: a member, or a global ({0, name}).
  FieldKey owner(ValId Addr) const {
    const Val &V = T.get(Addr);
    if (V.Kind == ValKind::Global)
      return {0, V.Name};
    return P.keyOf(Addr);
  }

  FieldKey owner(FuncId F, ir::ExprId Address) {
    const ir::Expr &X = P.func(F).U->get(Address);
    if (X.Kind == ExprKind::Global)
      return {0, P.nameOf(P.func(F).UnitIndex, X.Name)};
    return P.keyOf(F, Address);
  }

  std::string text(FieldKey K) const {
    return K.Rec ? C.text(K) : T.text(K.Field).str();
  }

  /// Every place that drops a reference through a member or a global.
  void findPuts() {
    for (FuncId F = 0; F < P.functions().size(); ++F) {
      const FuncInfo &I = P.func(F);
      for (const ApiCall &Call : I.Apis) {
        const ApiFunction *A = Call.Api;
        const ir::Inst &In = I.F->Blocks[Call.Block].Insts[Call.Inst];
        if (A->Does != Role::Put || A->Dev.In != Where::Arg ||
            A->Dev.Index >= In.Args.size())
          continue;
        ir::ExprId Arg = P.throughLocal(F, In.Args[A->Dev.Index]);
        const ir::Expr &X = I.U->get(Arg);
        if (X.Kind == ExprKind::Load)
          if (FieldKey K = owner(F, X.A))
            Puts[K].insert(F);
      }
    }
  }

  bool putIn(FieldKey K, FuncId Root) {
    auto It = Puts.find(K);
    if (It == Puts.end())
      return false;
    for (FuncId F : It->second)
      if (P.runs(Root, F))
        return true;
    return false;
  }

  /// Something in what \p Root runs may end the whole owner: it drops some
  /// reference, unregisters a device, or is not at hand.
  bool endsOwners(FuncId Root) {
    for (FuncId F : U.closure(Root)) {
      const FuncInfo &I = P.func(F);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts) {
          if (In.Kind != InstKind::Call)
            continue;
          llvm::StringRef Name = I.U->text(In.Callee);
          if (Name.empty() || P.isElsewhere(Name))
            return true;
          const ApiFunction *A = P.model().function(Name);
          if (A && (A->Does == Role::Put || A->Does == Role::Unregister ||
                    A->Does == Role::UnregisterFlush))
            return true;
        }
    }
    return false;
  }

  /// What \p F clears may be a copy it makes, or be dropped by a function that
  /// is called through a pointer.
  bool mayBeOther(FuncId F) const {
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts) {
        if (In.Kind != InstKind::Call)
          continue;
        if (!In.Callee)
          return true;
        for (const ApiObject &Row : P.callee(I, In).Objects)
          if (Row.Does == Act::Create && Row.Class == "memory")
            return true;
      }
    return false;
  }

  /// Work, a timer or the like drops what \p K keeps: a reference of bounded
  /// time.
  bool isShortLived(FieldKey K) {
    for (const Binding &B : P.bindings())
      if (putIn(K, B.Handler))
        return true;
    for (FuncId F = 0; F < P.functions().size(); ++F)
      if (P.isHandler(F) && putIn(K, F))
        return true;
    return false;
  }

  /// The handler forgets a device it holds without dropping the reference.
  void clearedWithoutPut(const Slot &N) {
    for (const auto &[K, Where] : Puts) {
      if (putIn(K, N.Func))
        continue;
      for (FuncId F : U.closure(N.Func)) {
        const FuncInfo &I = P.func(F);
        // It may drop the reference by another name: the notifier's device.
        if (U.mayDo(F, Role::Put))
          continue;
        for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
          for (uint32_t X = 0; X < I.F->Blocks[B].Insts.size(); ++X) {
            const ir::Inst &In = I.F->Blocks[B].Insts[X];
            if (In.Kind != InstKind::Assign || In.Temp >= 0 ||
                I.U->get(In.Value).Kind != ExprKind::Int ||
                !(owner(F, In.Dst) == K))
              continue;
            C.report("ND-R04", Point{0, F, B, X}, State(), 0,
                     "the notifier '" + C.name(N.Func) + "' clears '" +
                         text(K) + "' without dropping the reference it holds",
                     mayBeOther(F) ? Precision::Medium : Precision::High,
                     puts(K));
          }
      }
    }
  }

  /// A reference that is kept, and no notifier that could drop it.
  void keptForever(FieldKey K, const Held &H,
                   llvm::ArrayRef<const Slot *> Handlers) {
    if (!Puts.count(K) || isShortLived(K))
      return;
    for (const Slot *N : Handlers)
      if (putIn(K, N->Func) || endsOwners(N->Func))
        return;
    // A member of a device's own private area goes with that device, which an
    // upper link or another module's notifier may end.
    bool Global = K.Rec == 0;
    Point At;
    for (const TraceNode *N = H.S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == H.Dev) {
        At = Point{N->Ctx, N->Func, N->Block, N->Inst};
        break;
      }
    if (At.Func == NoFunc)
      return;
    C.report("ND-R04", At, H.S, H.Dev,
             "the reference kept in '" + text(K) +
                 "' is not dropped when NETDEV_UNREGISTER arrives: " +
                 (Handlers.empty() ? "there is no notifier"
                                   : "the notifier does not know of it"),
             Global || !Handlers.empty() ? Precision::High : Precision::Medium,
             puts(K));
  }

  /// Where the reference is dropped otherwise, as steps.
  std::vector<ExtraStep> puts(FieldKey K) {
    std::vector<ExtraStep> Out;
    for (FuncId F : Puts[K]) {
      const FuncInfo &I = P.func(F);
      for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
        for (uint32_t X = 0; X < I.F->Blocks[B].Insts.size(); ++X) {
          const ir::Inst &In = I.F->Blocks[B].Insts[X];
          const ApiFunction *A =
              In.Kind == InstKind::Call ? P.callee(I, In).Api : nullptr;
          if (A && A->Does == Role::Put && Out.empty())
            Out.push_back({F, B, X, "'" + C.name(F) + "' drops it here"});
        }
    }
    return Out;
  }

  std::map<FieldKey, std::set<FuncId>> Puts;
  std::map<FieldKey, Held> Kept;
};
} // namespace

std::unique_ptr<Rule> netdev::makeNotifierRule(RuleContext &C) {
  return std::make_unique<NotifierRule>(C);
}
