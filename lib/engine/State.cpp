//===- State.cpp - The state of one path ------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/State.h"
#include "model/Model.h"
#include <set>

using namespace netdev;

ValId netdev::valueAt(const Knowledge &S, ValueTable &T, ValId A) {
  if (!A)
    return 0;
  if (const uint32_t *V = S.Store.lookup(A))
    return *V;
  return T.init(A);
}

/// Counters do not overflow: a sum of what is not negative is not, either.
static Range sumOf(Range A, Range B) {
  if ((A.Signs | B.Signs) & Range::Neg)
    return Range();
  bool Zero = A.Signs & B.Signs & Range::Zero;
  bool Pos = (A.Signs | B.Signs) & Range::Pos;
  return Range::signs((Zero ? Range::Zero : 0) | (Pos ? Range::Pos : 0));
}

Range netdev::rangeOf(const Knowledge &S, const ValueTable &T, ValId V) {
  const Val &X = T.get(V);
  if (X.Kind == ValKind::Int)
    return Range::number(X.Num);
  if (const uint64_t *P = S.Facts.lookup(V))
    return Range::unpack(*P);
  switch (X.Kind) {
  case ValKind::Init:
    return T.isCounted(V) ? Range::signs(Range::Zero | Range::Pos) : Range();
  case ValKind::Binary:
    return X.Name == T.plus() ? sumOf(rangeOf(S, T, X.A), rangeOf(S, T, X.B))
                              : Range();
  default:
    return T.isAddress(V) ? Range::signs(Range::Pos) : Range();
  }
}

/// Calls \p Each, in order, with every key that \p A and \p B do not hold the
/// same for, and what it stands for in both; null where it is missing. Calls
/// \p Same with each entry that they have in common.
template <typename Map, typename Fn, typename SameFn>
static void forBoth(const Map &A, const Map &B, Fn Each, SameFn Same) {
  auto I = A.begin(), J = B.begin();
  const auto EndA = A.end(), EndB = B.end();
  while (I != EndA || J != EndB) {
    if (I != EndA && J != EndB && *I == *J) {
      Same(*I);
      ++I;
      ++J;
      continue;
    }
    bool InA = I != EndA && (J == EndB || I->first <= J->first);
    bool InB = J != EndB && (I == EndA || J->first <= I->first);
    Each(InA ? I->first : J->first, InA ? &I->second : nullptr,
         InB ? &J->second : nullptr);
    I += InA;
    J += InB;
  }
}

/// The same without those in common.
template <typename Map, typename Fn>
static void forDifferent(const Map &A, const Map &B, Fn Each) {
  if (!A.sharesWith(B))
    forBoth(A, B, Each, [](const auto &) {});
}

static void unite(ValSet &A, const ValSet &B) {
  if (!A.sharesWith(B))
    for (uint32_t V : B)
      A.insert(V);
}

/// Leaves in \p A what both hold, by \p Both where they hold different things
/// for a key; 0 drops it.
template <typename Fn>
static void intersect(ValMap &A, const ValMap &B, Fn Both) {
  ValMap Old = A;
  forDifferent(Old, B, [&](uint32_t Key, const uint32_t *X, const uint32_t *Y) {
    uint32_t V = X && Y ? Both(*X, *Y) : 0;
    if (V)
      A.set(Key, V);
    else
      A.erase(Key);
  });
}

/// The innermost condition that both paths depend on.
static ValId commonGuard(ValId A, ValId B, const ValueTable &T) {
  std::set<ValId> Outer;
  auto Out = [&](ValId G) {
    return T.get(G).Kind == ValKind::Binary ? T.get(G).A : 0;
  };
  for (; A; A = Out(A))
    Outer.insert(A);
  while (B && !Outer.count(B))
    B = Out(B);
  return T.get(B).Kind == ValKind::Binary ? B : 0;
}

/// What has no owner yet after either path: where the call that makes it has
/// failed there is nothing that a later test would not tell apart.
static ValSet made(const Knowledge &A, const Knowledge &B,
                   const ValueTable &T) {
  auto Failed = [&](const Knowledge &S, ValId V) {
    return !(rangeOf(S, T, V).Signs & Range::Pos);
  };
  ValSet Out = A.Made;
  Out.removeIf([&](ValId V) { return !B.Made.contains(V) && !Failed(B, V); });
  for (uint32_t V : B.Made)
    if (!A.Made.contains(V) && Failed(A, V))
      Out.insert(V);
  return Out;
}

/// Calls \p Meet for results that differ. Both states are at the same place:
/// they have the same ones, but for those that a way through a call did not
/// give.
template <typename Temps, typename Fn>
static void joinTemps(Temps &Into, const Temps &From, ValueTable &T, Fn Meet) {
  if (Into == From)
    return;
  for (TempValue &E : Into) {
    auto Same = llvm::find_if(From, [&](const TempValue &O) {
      return O.Ctx == E.Ctx && O.Temp == E.Temp;
    });
    ValId A = T.local(E.Ctx, -1 - E.Temp);
    ValId Other = Same == From.end() ? T.init(A) : Same->Value;
    if (Other != E.Value)
      E.Value = Meet(A, E.Value, Other);
  }
}

/// Where both places are: one of the elements of an array, if they differ in
/// the index alone; 0 if nothing is known.
static ValId commonPlace(ValId A, ValId B, ValueTable &T) {
  const Val &X = T.get(A), &Y = T.get(B);
  if (A == B)
    return A;
  if (X.Kind != Y.Kind || X.Name != Y.Name ||
      (X.Kind != ValKind::Elem && X.Kind != ValKind::Field))
    return 0;
  ValId Base = commonPlace(X.A, Y.A, T);
  if (!Base)
    return 0;
  return X.Kind == ValKind::Field ? T.field(Base, X.Name, X.Rec)
                                  : T.elem(Base, X.B == Y.B ? X.B : 0);
}

bool netdev::join(State &Into, const State &From, ValueTable &T, CtxId Ctx,
                  uint32_t Block, ValMap *Phis) {
  Knowledge Old = Into;
  // A pointer found under RCU in one of two ways, or not at all, was found so.
  auto BothFound = [&](ValId X, const Range &RX, ValId Y, const Range &RY) {
    auto Found = [](const Knowledge &S, ValId V, const Range &R) {
      const uint32_t *How = S.Looked.lookup(V);
      return How ? Role(*How) == Role::LookupRcu : R.Signs == Range::Zero;
    };
    return Found(Old, X, RX) && Found(From, Y, RY) &&
           (Old.Looked.lookup(X) || From.Looked.lookup(Y));
  };
  // A device without protection in one of two ways, or not there at all.
  llvm::SmallVector<std::pair<ValId, Role>, 2> Unprotected;
  auto BothStale = [&](ValId X, const Range &RX, ValId Y, const Range &RY) {
    const uint32_t *P = Old.Stale.lookup(X), *Q = From.Stale.lookup(Y);
    if ((!P && RX.Signs != Range::Zero) || (!Q && RY.Signs != Range::Zero))
      return Role::None;
    return Role(P ? *P : Q ? *Q : 0);
  };
  bool LookedUp = !(Old.Looked.isEmpty() && From.Looked.isEmpty() &&
                    Old.Stale.isEmpty() && From.Stale.isEmpty());
  FactMap Facts = Into.Facts;
  forDifferent(Into.Facts, From.Facts,
               [&](uint32_t V, const uint64_t *X, const uint64_t *Y) {
                 if (!X || (Y && *X == *Y))
                   return;
                 Range A = Range::unpack(*X),
                       B = Y ? Range::unpack(*Y) : Range();
                 Range R =
                     A == B ? A : Range{uint8_t(A.Signs | B.Signs), false, 0};
                 if (!Y || R.Signs == Range::Any)
                   Facts.erase(V);
                 else
                   Facts.set(V, R.pack());
               });
  // One symbol for what is X on one path and Y on the other.
  auto Meet = [&](ValId A, ValId X, ValId Y) {
    Range RX = rangeOf(Into, T, X), RY = rangeOf(From, T, Y);
    const uint32_t *Made = Phis ? Phis->lookup(A) : nullptr;
    ValId Phi = Made                        ? *Made
                : T.isPhi(X, Ctx, Block, A) ? X
                                            : T.phi(Ctx, Block, A);
    Range R = RX == RY ? RX : Range{uint8_t(RX.Signs | RY.Signs), false, 0};
    if (LookedUp && BothFound(X, RX, Y, RY))
      Into.Looked.set(Phi, uint32_t(Role::LookupRcu));
    if (Role By = LookedUp ? BothStale(X, RX, Y, RY) : Role::None;
        By != Role::None)
      Unprotected.push_back({Phi, By});
    if (R.Signs == Range::Any)
      Facts.erase(Phi);
    else
      Facts.set(Phi, R.pack());
    return Phi;
  };
  if (!Into.Store.sharesWith(From.Store)) {
    llvm::SmallVector<FlatEntry<uint32_t>, 128> Store;
    bool Changed = false;
    forBoth(
        Into.Store, From.Store,
        [&](uint32_t A, const uint32_t *P, const uint32_t *Q) {
          ValId X = P ? *P : T.init(A), Y = Q ? *Q : T.init(A);
          bool Meets = A && X != Y;
          ValId Phi = Meets ? Meet(A, X, Y) : X;
          if (Meets && Phis)
            Phis->set(A, Phi);
          if (P || Meets)
            Store.push_back({A, Phi});
          Changed |= Phi != X || (!P && Meets);
        },
        [&](const FlatEntry<uint32_t> &E) { Store.push_back(E); });
    if (Changed)
      Into.Store.assign(Store.data(), Store.size());
  }
  joinTemps(Into.Temps, From.Temps, T, Meet);
  Into.Facts = std::move(Facts);
  // A value is what one call gave; a path that does not know wins (Role::None).
  if (!Into.Looked.sharesWith(From.Looked))
    for (const auto &L : From.Looked)
      if (!Into.Looked.lookup(L.first) || !L.second)
        Into.Looked.set(L.first, L.second);
  if (!Old.Stale.sharesWith(From.Stale))
    for (const auto &L : Old.Stale)
      if (!From.Stale.lookup(L.first))
        Into.Stale.erase(L.first);
  for (auto [Phi, By] : Unprotected)
    Into.Stale.set(Phi, uint32_t(By));
  unite(Into.Given, From.Given);
  if (!Into.Ready.sharesWith(From.Ready))
    Into.Ready.removeIf([&](ValId V) { return !From.Ready.contains(V); });
  // `if (p->bus) free(p->bus)`: where it was, it is gone.
  unite(Into.Gone, From.Gone);
  intersect(Into.Quiet, From.Quiet,
            [](uint32_t A, uint32_t B) { return std::min(A, B); });
  auto Neither = [](uint32_t, uint32_t) { return 0; };
  intersect(Into.Armed, From.Armed, Neither);
  intersect(Into.Public, From.Public, Neither);
  Into.Made = made(Old, From, T);
  // What is released on one path is not to be relied on after both.
  if (!Into.Released.sharesWith(From.Released))
    for (const auto &P : From.Released)
      if (const uint32_t *Old = Into.Released.lookup(P.first);
          !Old || *Old < P.second)
        Into.Released.set(P.first, P.second);
  // Both ways lead here: only what held before they parted matters.
  bool Elsewhere = false;
  for (const auto &[Dev, D] : FlatMap<DevState>(Into.Devs))
    if (auto Other = From.Devs.find(Dev);
        D.Kept && Other != From.Devs.end() && Other->second.Kept != D.Kept) {
      ValId Both = commonPlace(D.Kept, Other->second.Kept, T);
      Elsewhere |= Both != D.Kept;
      Into.Devs.edit(Dev).Kept = Both;
    }
  Into.Guard = commonGuard(Into.Guard, From.Guard, T);
  Into.Certain &= From.Certain;
  Into.Swept |= From.Swept;
  Into.Later |= From.Later;
  return Elsewhere || !Old.sameKnowledge(Into);
}
