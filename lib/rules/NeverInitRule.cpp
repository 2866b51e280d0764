//===- NeverInitRule.cpp - Used, and never initialised ----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-I06: a lock, list, work or the like in a private area that a callback
/// uses, and that nothing in the program makes ready (catalogue B.2). A finding
/// needs a neighbour in the same structure that is made ready: what is set up
/// elsewhere is set up there as a whole.
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class NeverInitRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!Ev.Api)
      return;
    switch (Ev.Api->Does) {
    case Role::Alloc:
    case Role::AllocDevm:
      Allocs.push_back({At, S});
      break;
    case Role::Register:
    case Role::RegisterDevm:
      Registers = true;
      break;
    default:
      break;
    }
  }

  void finish() override {
    if (!Registers || Allocs.empty())
      return;
    for (const auto &[K, Uses] : U.all()) {
      if (!U.isPrivate(K.Rec) || madeReady(Uses))
        continue;
      Witness W = user(K);
      if (W.From && neighbour(K.Rec) && !givenAway(K.Rec))
        tell(K, "is used by " + C.describe(*W.From), C.steps(W, "uses it"));
    }
    for (const ApiFieldBinding &B : P.model().usedByCore()) {
      FieldKey K{T.name(B.Record), T.name(B.Field)};
      if (!U.isPrivate(K.Rec) || madeReady(U.usesOf(K)))
        continue;
      // Too late in any function but those that make the device.
      bool Given = false;
      for (const Alloc &Each : Allocs)
        for (FuncId F : U.closure(Each.At.Func))
          Given |= givenAway(K.Rec, F);
      if (!Given)
        tell(K, "is used by the core once the device is registered", {});
    }
  }

private:
  struct Alloc {
    Point At;
    State S;
  };

  /// Something stores to it, makes it ready, or gets its address.
  static bool madeReady(llvm::ArrayRef<Use> Uses) {
    return llvm::any_of(Uses, [](const Use &Each) {
      return Each.Kind == UseKind::Write || Each.Kind == UseKind::Address ||
             (Each.Kind == UseKind::Object &&
              (Each.Row->Does == Act::Init || Each.Row->Does == Act::Create ||
               Each.Row->Does == Act::Bind));
    });
  }

  /// \p Each makes no sense on memory that is only zeroed.
  bool needs(const Use &Each) const {
    return Each.Kind == UseKind::Object && !Each.Loaded &&
           P.model().objectClass(Each.Row->Class).NeedsInit;
  }

  Witness user(FieldKey K) {
    Witness Best;
    for (const Use &Each : U.usesOf(K)) {
      if (!needs(Each))
        continue;
      for (const Caller &Who : U.callers()) {
        if (Who.Table ? !Who.Table->Row ||
                            (T.text(Who.Table->Struct) != "net_device_ops" &&
                             T.text(Who.Table->Struct) != "ethtool_ops")
                      : !Who.Handler)
          continue;
        std::vector<FuncId> Chain = U.chain(Who.Func, Each.In);
        if (!Chain.empty() && (!Best.From || Chain.size() < Best.Chain.size()))
          Best = Witness{&Who, Chain, &Each};
      }
    }
    return Best;
  }

  /// Another member of \p Rec is made ready by a call that this program makes.
  bool neighbour(NameId Rec) const {
    for (const auto &[K, Uses] : U.all())
      if (K.Rec == Rec)
        for (const Use &Each : Uses)
          if (needs(Each) &&
              (Each.Row->Does == Act::Init || Each.Row->Does == Act::Bind))
            return true;
    return false;
  }

  /// The structure, as a whole or inside another, is given to a function whose
  /// body is not at hand, or the device to one of the driver's own.
  bool givenAway(NameId Rec) {
    for (FuncId F = 0; F < P.functions().size(); ++F)
      if (givenAway(Rec, F))
        return true;
    return false;
  }

  /// The same in \p F alone.
  bool givenAway(NameId Rec, FuncId F) {
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts) {
        if (In.Kind != ir::InstKind::Call || !In.Callee)
          continue;
        llvm::StringRef Name = I.U->text(In.Callee);
        if (P.find(I.UnitIndex, Name) != NoFunc || P.model().isHarmless(Name) ||
            P.model().function(Name))
          continue;
        for (ir::ExprId A : In.Args)
          if (mayHold(I, A, Rec, P.isElsewhere(Name)))
            return true;
      }
    return false;
  }

  /// \p A is a pointer through which \p Rec can be reached by its type.
  bool mayHold(const FuncInfo &I, ir::ExprId A, NameId Rec, bool Own) {
    llvm::StringRef Type = I.pointee(A);
    if (Own && (Type == "net_device" || Type == "void"))
      return true;
    return !Type.empty() && U.isWithin(Rec, {T.name(Type)});
  }

  /// Told where the memory comes from: of several devices, the one whose maker
  /// works on that structure.
  void tell(FieldKey K, const std::string &How, std::vector<ExtraStep> Extra) {
    const Alloc *Best = &Allocs.front();
    for (const Alloc &Each : Allocs) {
      bool Mine = false;
      for (FuncId F : U.closure(Each.At.Func))
        for (const Use &X : U.usesIn(F))
          Mine |= X.Key.Rec == K.Rec;
      if (Mine) {
        Best = &Each;
        break;
      }
    }
    C.report("ND-I06", Best->At, Best->S, 0,
             "'" + C.text(K) + "' " + How + ", but nothing initialises it",
             Precision::High, std::move(Extra));
  }

  std::vector<Alloc> Allocs;
  bool Registers = false;
};
} // namespace

std::unique_ptr<Rule> netdev::makeNeverInitRule(RuleContext &C) {
  return std::make_unique<NeverInitRule>(C);
}
