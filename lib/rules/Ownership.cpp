//===- Ownership.cpp - Who keeps references, and who drops them -----------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Ownership.h"
#include "model/Idioms.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

Ownership::Ownership(Program &P, Usage &U) : P(P), U(U) {
  for (FuncId F = 0; F < P.functions().size(); ++F)
    scan(F);
  for (const RefSite &S : Sites)
    if (!S.Takes && S.Counts && S.Owner)
      Owners.insert(S.Owner);
}

FieldKey Ownership::owner(FuncId F, ir::ExprId Address) const {
  const ir::Expr &X = P.func(F).U->get(Address);
  if (X.Kind == ExprKind::Global)
    return {0, P.nameOf(P.func(F).UnitIndex, X.Name)};
  return P.keyOf(F, Address);
}

FieldKey Ownership::owner(ValId Address) const {
  const Val &V = P.values().get(Address);
  if (V.Kind == ValKind::Global)
    return {0, V.Name};
  return P.keyOf(Address);
}

void Ownership::scan(FuncId F) {
  const FuncInfo &I = P.func(F);
  const ir::Unit &Unit = *I.U;
  for (const ApiCall &Call : I.Apis) {
    const ApiFunction *A = Call.Api;
    const ir::Inst &In = I.F->Blocks[Call.Block].Insts[Call.Inst];
    RefSite S;
    S.F = F;
    S.Block = Call.Block;
    S.Inst = Call.Inst;
    S.Takes = A->Does == Role::Hold || A->Does == Role::RefTrack ||
              A->Does == Role::LookupHeld;
    S.Swaps = A->Does == Role::HoldPut;
    S.Counts = A->Does != Role::RefTrack && A->Does != Role::RefUntrack;
    if (!S.Takes && A->Does != Role::Put && A->Does != Role::HoldPut &&
        A->Does != Role::RefUntrack)
      continue;
    if (A->TrackerArg >= 0 && size_t(A->TrackerArg) < In.Args.size())
      S.Tracker = P.keyOf(F, P.throughLocal(F, In.Args[A->TrackerArg]));
    if (A->Dev.In == Where::Arg && A->Dev.Index < In.Args.size()) {
      const ir::Expr &D = Unit.get(P.throughLocal(F, In.Args[A->Dev.Index]));
      if (D.Kind == ExprKind::Load) {
        const ir::Expr &Address = Unit.get(D.A);
        S.Owner = owner(F, D.A);
        if (Address.Kind == ExprKind::Local &&
            Address.Int < int64_t(I.F->NumParams))
          S.Param = int(Address.Int);
        if (Address.Kind == ExprKind::Field) {
          const ir::Expr &Record = Unit.get(P.throughLocal(F, Address.A));
          if (Record.Kind == ExprKind::Load)
            S.Via = owner(F, Record.A);
        }
      }
    }
    Sites.push_back(S);
  }
}

bool Ownership::mayDrop(const RefSite &X, FieldKey K) const {
  if (X.Owner == K || X.Via == K)
    return true;
  // Noted or taken somewhere as another's.
  if (find([&](const RefSite &Y) {
        return Y.Takes && ((X.Tracker && Y.Tracker == X.Tracker) ||
                           (X.Owner && Y.Owner == X.Owner));
      }))
    return false;
  return !ownLookup(X);
}

/// \p X drops what its function has looked up.
bool Ownership::ownLookup(const RefSite &X) const {
  const FuncInfo &I = P.func(X.F);
  const ir::Inst &In = I.F->Blocks[X.Block].Insts[X.Inst];
  const ApiFunction *A = P.callee(I, In).Api;
  if (!A || A->Dev.In != Where::Arg || A->Dev.Index >= In.Args.size())
    return false;
  const ir::Expr &D = I.U->get(P.throughLocal(X.F, In.Args[A->Dev.Index]));
  if (D.Kind != ExprKind::Temp)
    return false;
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &Def : B.Insts)
      if (Def.Kind == InstKind::Call && Def.Temp == D.Int && Def.Callee) {
        const ApiFunction *L = P.model().function(I.U->text(Def.Callee));
        return L && L->Does == Role::LookupHeld;
      }
  return false;
}

bool Ownership::dropStructDevices() const {
  auto Drops = [&](const ir::Unit &Unit, const ir::Inst &Call) {
    for (const ApiObject &Row : P.model().objects(Unit.text(Call.Callee)))
      if (Row.Class == "device-ref" && Row.Does == Act::Destroy &&
          Row.Object.Index < Call.Args.size()) {
        const ir::Expr &X = Unit.get(Call.Args[Row.Object.Index]);
        if (X.Kind == ExprKind::Field && Unit.text(X.Record) == DeviceRecord)
          return true;
      }
    return false;
  };
  for (const FuncInfo &I : P.functions())
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Call && Drops(*I.U, In))
          return true;
  return false;
}

NameId Ownership::releasedOwner(ValId Ref, const State &S) const {
  const ValueTable &T = P.values();
  auto By = [&](ValId Addr) -> NameId {
    // (name, pointer); see ApiEffects::release().
    for (const auto &R : S.Released)
      if (T.get(R.first).Kind == ValKind::Binary &&
          T.get(R.first).A == T.root(Addr))
        return T.get(R.first).Name;
    return 0;
  };
  for (const auto &Note : S.Trackers)
    if (Note.second == Ref)
      if (NameId N = By(Note.first))
        return N;
  for (const auto &KV : S.Store)
    if (KV.second == Ref)
      if (NameId N = By(KV.first))
        return N;
  return 0;
}
