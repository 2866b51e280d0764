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
  if (T.isAddress(V))
    return Range::signs(Range::Pos);
  if (T.isCounted(V))
    return Range::signs(Range::Zero | Range::Pos);
  if (X.Kind == ValKind::Binary && X.Name == T.plus())
    return sumOf(rangeOf(S, T, X.A), rangeOf(S, T, X.B));
  return Range();
}

namespace {
/// What is left to walk of a map, in the order of its keys: subtrees, and
/// entries whose smaller neighbours are done. The next is the last.
template <typename Tree> class Walk {
public:
  explicit Walk(const Tree *T) { push(T); }
  bool empty() const { return Left.empty(); }
  /// Height of the next subtree; 0 if an entry or nothing is next.
  unsigned height() const {
    return empty() || !Left.back().Whole ? 0 : Left.back().T->getHeight();
  }
  const auto &entry() const { return Left.back().T->getValue(); }
  bool sameNext(const Walk &O) const {
    return !empty() && !O.empty() && Left.back().T == O.Left.back().T &&
           Left.back().Whole == O.Left.back().Whole;
  }
  void pop() { Left.pop_back(); }
  void open() {
    const Tree *T = Left.pop_back_val().T;
    push(T->getRight());
    Left.push_back({T, false});
    push(T->getLeft());
  }

private:
  struct Item {
    const Tree *T;
    bool Whole;
  };
  llvm::SmallVector<Item, 48> Left;
  void push(const Tree *T) {
    if (T)
      Left.push_back({T, true});
  }
};
} // namespace

/// Calls \p Each, in order, with every key of \p A or \p B but those in a part
/// that both share, and what it stands for in both; null where it is missing.
template <typename Map, typename Fn>
static void forDifferent(const Map &A, const Map &B, Fn Each) {
  Walk<typename Map::TreeTy> I(A.getRootWithoutRetain()),
      J(B.getRootWithoutRetain());
  while (!I.empty() || !J.empty()) {
    if (I.sameNext(J)) {
      I.pop();
      J.pop();
      continue;
    }
    if (unsigned H = std::max(I.height(), J.height())) {
      (I.height() == H ? I : J).open();
      continue;
    }
    bool InA = !I.empty() && (J.empty() || I.entry().first <= J.entry().first);
    bool InB = !J.empty() && (I.empty() || J.entry().first <= I.entry().first);
    Each(InA ? I.entry().first : J.entry().first,
         InA ? &I.entry().second : nullptr, InB ? &J.entry().second : nullptr);
    if (InA)
      I.pop();
    if (InB)
      J.pop();
  }
}

static ValSet intersect(ValSet A, const ValSet &B, ValSet::Factory &F) {
  if (A == B)
    return A;
  ValSet Out = A;
  for (uint32_t V : A)
    if (!B.contains(V))
      Out = F.remove(Out, V);
  return Out;
}

static ValSet unite(ValSet A, const ValSet &B, ValSet::Factory &F) {
  if (A == B)
    return A;
  ValSet Out = A;
  for (uint32_t V : B)
    if (!A.contains(V))
      Out = F.add(Out, V);
  return Out;
}

/// What both say, by \p Both where they say different things; 0 drops it.
template <typename Fn>
static ValMap intersect(ValMap A, const ValMap &B, ValMap::Factory &F,
                        Fn Both) {
  if (A == B)
    return A;
  ValMap Out = A;
  for (const auto &E : A) {
    const uint32_t *Other = B.lookup(E.first);
    if (Other && *Other == E.second)
      continue;
    uint32_t V = Other ? Both(E.second, *Other) : 0;
    Out = V ? F.add(Out, E.first, V) : F.remove(Out, E.first);
  }
  return Out;
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
static ValSet made(const Knowledge &A, const Knowledge &B, const ValueTable &T,
                   ValSet::Factory &F) {
  if (A.Made == B.Made)
    return A.Made;
  auto Failed = [&](const Knowledge &S, ValId V) {
    return !(rangeOf(S, T, V).Signs & Range::Pos);
  };
  ValSet Out = A.Made;
  for (uint32_t V : A.Made)
    if (!B.Made.contains(V) && !Failed(B, V))
      Out = F.remove(Out, V);
  for (uint32_t V : B.Made)
    if (!A.Made.contains(V) && Failed(A, V))
      Out = F.add(Out, V);
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

bool netdev::join(State &Into, const State &From, ValueTable &T, StateMaps &M,
                  CtxId Ctx, uint32_t Block, std::map<ValId, ValId> *Phis) {
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
                   Facts = M.Facts.remove(Facts, V);
                 else
                   Facts = with(Facts, V, R.pack(), M.Facts);
               });
  // One symbol for what is X on one path and Y on the other.
  auto Meet = [&](ValId A, ValId X, ValId Y) {
    Range RX = rangeOf(Into, T, X), RY = rangeOf(From, T, Y);
    ValId Phi = T.isPhi(X, Ctx, Block, A) ? X : T.phi(Ctx, Block, A);
    Range R = RX == RY ? RX : Range{uint8_t(RX.Signs | RY.Signs), false, 0};
    if (BothFound(X, RX, Y, RY))
      Into.Looked = M.Vals.add(Into.Looked, Phi, uint32_t(Role::LookupRcu));
    if (Role By = BothStale(X, RX, Y, RY); By != Role::None)
      Unprotected.push_back({Phi, By});
    Facts = R.Signs == Range::Any ? without(Facts, Phi, M.Facts)
                                  : with(Facts, Phi, R.pack(), M.Facts);
    return Phi;
  };
  ValMap Store = Into.Store;
  std::map<ValId, ValId>::iterator Next;
  if (Phis)
    Next = Phis->begin();
  forDifferent(Into.Store, From.Store,
               [&](uint32_t A, const uint32_t *P, const uint32_t *Q) {
                 if (!A || (P && Q && *P == *Q))
                   return;
                 ValId X = P ? *P : T.init(A), Y = Q ? *Q : T.init(A);
                 if (X == Y)
                   return;
                 ValId Phi = Meet(A, X, Y);
                 if (X != Phi)
                   Store = M.Vals.add(Store, A, Phi);
                 if (Phis) // in order: the next is after the one before
                   Next = std::next(Phis->insert_or_assign(Next, A, Phi));
               });
  joinTemps(Into.Temps, From.Temps, T, Meet);
  Into.Store = Store;
  Into.Facts = Facts;
  // A value is what one call gave; a path that does not know wins (Role::None).
  auto Share = [](const ValMap &A, const ValMap &B) {
    return A.getRootWithoutRetain() == B.getRootWithoutRetain();
  };
  if (!Share(Into.Looked, From.Looked))
    for (const auto &L : From.Looked)
      if (!Into.Looked.lookup(L.first) || !L.second)
        Into.Looked = M.Vals.add(Into.Looked, L.first, L.second);
  if (!Share(Old.Stale, From.Stale))
    for (const auto &L : Old.Stale)
      if (!From.Stale.lookup(L.first))
        Into.Stale = M.Vals.remove(Into.Stale, L.first);
  for (auto [Phi, By] : Unprotected)
    Into.Stale = with(Into.Stale, Phi, uint32_t(By), M.Vals);
  Into.Given = unite(Into.Given, From.Given, M.Sets);
  Into.Ready = intersect(Into.Ready, From.Ready, M.Sets);
  // `if (p->bus) free(p->bus)`: where it was, it is gone.
  Into.Gone = unite(Into.Gone, From.Gone, M.Sets);
  Into.Quiet = intersect(Into.Quiet, From.Quiet, M.Vals,
                         [](uint32_t A, uint32_t B) { return std::min(A, B); });
  auto Neither = [](uint32_t, uint32_t) { return 0; };
  Into.Armed = intersect(Into.Armed, From.Armed, M.Vals, Neither);
  Into.Public = intersect(Into.Public, From.Public, M.Vals, Neither);
  Into.Made = made(Old, From, T, M.Sets);
  // What is released on one path is not to be relied on after both.
  if (!Share(Into.Released, From.Released))
    for (const auto &P : From.Released)
      if (const uint32_t *Old = Into.Released.lookup(P.first);
          !Old || *Old < P.second)
        Into.Released = M.Vals.add(Into.Released, P.first, P.second);
  // Both ways lead here: only what held before they parted matters.
  bool Elsewhere = false;
  for (auto &[Dev, D] : Into.Devs)
    if (auto Other = From.Devs.find(Dev);
        D.Kept && Other != From.Devs.end() && Other->second.Kept != D.Kept) {
      ValId Both = commonPlace(D.Kept, Other->second.Kept, T);
      Elsewhere |= Both != D.Kept;
      D.Kept = Both;
    }
  Into.Guard = commonGuard(Into.Guard, From.Guard, T);
  Into.Certain &= From.Certain;
  Into.Swept |= From.Swept;
  Into.Later |= From.Later;
  return Elsewhere || !Old.sameKnowledge(Into);
}
