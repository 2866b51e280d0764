//===- OwnedRule.cpp - What a device takes with it when it goes -*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L13, L10P, I05: a device that never was registered, or whose registration
/// failed, is freed without ndo_uninit and priv_destructor (catalogue A.4,
/// A.5): what only its memory leads to leaks, and what leads to it dangles.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"
#include <utility>

using namespace netdev;

namespace {
class OwnedRule : public Rule {
public:
  using Rule::Rule;

  void freed(const Point &At, ValId Dev, const State &S) override {
    auto D = S.Devs.find(Dev);
    if (D != S.Devs.end())
      gone(At, Dev, D->second, S);
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    bool Newlink = En.Table && T.text(En.Table->Field) == "newlink" &&
                   E.failed(En.Func, Ret, S);
    for (const auto &[Dev, D] : S.Devs) {
      // The core frees the device of a newlink that failed.
      bool ByCore = Newlink && D.From == Origin::LinkOps &&
                    (D.At == Life::Alloc || D.At == Life::RegFailed);
      if (ByCore)
        gone(At, Dev, D, S);
      if (ByCore || (D.At == Life::Freed && !D.WasRegistered))
        published(At, Dev, D, S);
    }
  }

  void finish() override {
    for (const Candidate &X : StillLinked)
      if (!Undone.count({X.Begins, X.K}))
        C.report("ND-I05", X.At, X.S, X.Dev,
                 "the device is freed although '" + C.text(X.K) +
                     "' still leads to it: 'ndo_uninit' does not run when "
                     "registration fails before 'ndo_init'",
                 X.Trust);
    neverCalled();
  }

private:
  struct Candidate {
    Point At;
    State S;
    ValId Dev;
    FieldKey K;
    FuncId Begins;
    Precision Trust;
  };
  std::vector<Candidate> StillLinked;
  std::set<std::pair<FuncId, FieldKey>> Undone;

  /// \p Dev, never registered with success, is freed at \p At.
  void gone(const Point &At, ValId Dev, const DevState &D, const State &S) {
    if (D.At != Life::Alloc && D.At != Life::RegFailed)
      return;
    owned(At, Dev, D, S);
    linked(At, Dev, D, S);
  }

  /// A global still leads to the freed device when the entry is over: clearing
  /// it after the release is a question of locks.
  void published(const Point &At, ValId Dev, const DevState &D,
                 const State &S) {
    // A global, or an array that a global points to. Module init takes its
    // globals along when it fails.
    ValId Root = T.root(D.Kept);
    const Val &Place =
        T.get(T.get(Root).Kind == ValKind::Init ? T.get(Root).A : Root);
    if (!D.Kept || Place.Kind != ValKind::Global ||
        C.entryOf(At.Ctx) == P.moduleInit())
      return;
    C.report("ND-I05", At, S, Dev,
             "'" + T.text(Place.Name).str() +
                 "' still leads to the device, which is freed after " +
                 (D.Failed == RegFail::None ? "an error before registration"
                                            : "its registration failed"),
             Precision::High);
  }

  /// A variable has \p V too: it may be released after the device.
  bool heldElsewhere(ValId V, const State &S) const {
    return llvm::any_of(S.Store, [&](const auto &E) {
      const Val &Place = T.get(E.first);
      return E.second == V && Place.Kind == ValKind::Local && Place.Num >= 0;
    });
  }

  void owned(const Point &At, ValId Dev, const DevState &D, const State &S) {
    for (const auto &[Addr, V] : S.Store) {
      if (!S.Owned.contains(V) || T.root(Addr) != Dev ||
          (E.range(S, V).Signs & Range::Zero) || heldElsewhere(V, S))
        continue;
      FieldKey K = P.keyOf(Addr);
      if (!K)
        continue;
      auto Ends = [&](FuncId F) {
        return F != NoFunc && P.func(F).Ends.count(K);
      };
      // The documentation's own example: only --pedantic tells.
      bool Known =
          D.At == Life::RegFailed && (Ends(P.function(D.Destructor)) ||
                                      Ends(E.deviceOp(Dev, UninitCallback, S)));
      C.report(Known ? "ND-L10P" : "ND-L13", At, S, Dev,
               "'" + C.text(K) +
                   (Known
                        ? "' leaks when registration fails before 'ndo_init': "
                          "neither 'ndo_uninit' nor 'priv_destructor' is "
                          "called then"
                        : "' still holds what was made for it when the "
                          "device is freed"),
               D.Opaque ? Precision::Medium : Precision::High, made(V));
    }
  }

  std::vector<ExtraStep> made(ValId V) const {
    std::optional<Point> M = C.madeAt(V);
    if (!M)
      return {};
    return {{M->Func, M->Block, M->Inst, "made here"}};
  }

  void linked(const Point &At, ValId Dev, const DevState &D, const State &S) {
    FuncId Begins = C.entryOf(At.Ctx);
    for (const auto &[L, How] : S.Links) {
      if (T.root(L) != Dev)
        continue;
      FieldKey K = P.keyOf(L);
      bool Listed = How == uint32_t(Linked::Listed);
      if (!Listed && How != uint32_t(Linked::Yes) && D.Failed != RegFail::Late)
        Undone.insert({Begins, K});
      if (How == uint32_t(Linked::Was))
        C.report("ND-I05", At, S, Dev,
                 "the device is freed while readers under RCU may still use "
                 "it: no grace period since it was taken off '" +
                     C.text(K) + "'",
                 Precision::High);
      FuncId F = E.deviceOp(Dev, UninitCallback, S);
      if (Listed && !(F != NoFunc && P.func(F).Unlinks.count(K)))
        C.report("ND-I05", At, S, Dev,
                 "the device is freed although '" + C.text(K) +
                     "' is still on a list",
                 D.Opaque ? Precision::Medium : Precision::High);
      if (How != uint32_t(Linked::Yes) || D.At != Life::RegFailed)
        continue;
      // The node is in the device itself, or ndo_uninit is known to unlink it.
      bool Witness =
          U.isPrivate(K.Rec) || (F != NoFunc && P.func(F).Unlinks.count(K));
      StillLinked.push_back({At, S, Dev, K, Begins,
                             Witness ? Precision::High : Precision::Medium});
    }
  }

  /// A function that would release what a device holds, in the form of a
  /// callback, and that nothing names: it never runs.
  void neverCalled() {
    std::set<std::string> Named;
    const ir::Unit *Last = nullptr; // functions of one unit are together
    for (const FuncInfo &F : P.functions())
      if (const ir::Unit *U = std::exchange(Last, F.U); U != F.U)
        for (const ir::Expr &X : F.U->Exprs)
          if (X.Kind == ir::ExprKind::Func)
            Named.insert(F.U->text(X.Name).str());
    for (FuncId Id = 0; Id < P.functions().size(); ++Id) {
      const FuncInfo &F = P.func(Id);
      bool Callback = F.F->Static && F.F->NumParams == 1 &&
                      F.U->text(F.F->ReturnType) == "void" &&
                      F.U->text(F.F->Vars[0].Type) == "struct net_device *";
      if (!Callback || !F.Callers.empty() || Named.count(F.Name) ||
          F.Ends.empty())
        continue;
      State S;
      C.report("ND-L13", Point{0, Id, uint32_t(F.F->Blocks.size()), 0}, S, 0,
               "'" + F.Name + "' would release '" + C.text(*F.Ends.begin()) +
                   "', but nothing calls it",
               Precision::High);
    }
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeOwnedRule(RuleContext &C) {
  return std::make_unique<OwnedRule>(C);
}
