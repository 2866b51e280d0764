//===- Forget.cpp - Names that come to stand for something new --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"

using namespace netdev;

using KeyList = llvm::SmallVector<uint32_t, 8>;

uint64_t Engine::partsOfTracked(const State &S) const {
  uint64_t Parts = 0;
  for (const auto &D : S.Devs)
    Parts |= T.parts(D.first);
  for (const auto &R : S.Released)
    Parts |= T.parts(R.first);
  return Parts;
}

bool Engine::isKnownThrough(ValId Symbol, const State &S) const {
  for (const auto &D : S.Devs)
    if (T.contains(D.first, Symbol))
      return true;
  for (const auto &R : S.Released)
    if (T.contains(R.first, Symbol))
      return true;
  return false;
}

/// \p F, which is not executed, may store to \p Address, a local: a device that
/// is held there stays where the body is at hand and sets no such member.
bool Engine::mayChange(FuncId F, ValId Address, const State &S) const {
  const Val &A = T.get(Address);
  return F == NoFunc || A.Kind != ValKind::Field ||
         P.func(F).Writes.contains(A.Name) ||
         !S.Refs.lookup(valueAt(S, T, Address));
}

void Engine::unfollow(ValId Dev, State &S) {
  if (!Dev)
    return;
  S.Refs.erase(Dev);
  S.Stale.erase(Dev);
  forgetTracked(Dev, S);
  if (!S.Looked.lookup(Dev))
    return;
  S.Looked.set(Dev, uint32_t(Role::None));
  S.Given.insert(Dev);
}

void Engine::forgetTracked(ValId Sym, State &S) {
  S.Trackers.removeIf([&](const auto &E) {
    return T.contains(E.first, Sym) || T.contains(E.second, Sym);
  });
  S.Given.erase(Sym);
}

/// What address \p A held by a name that stands for something new now.
ValId Engine::olderName(ValId A) { return T.fresh(0, -3, T.name("older", A)); }

namespace {
/// Whether a value goes by the name \p Sym. Asked of every entry of a state:
/// most answers end with the quick look.
struct Mention {
  const ValueTable &T;
  ValId Sym;
  bool Index; ///< a variable that moves takes its elements along, not itself
  LLVM_ATTRIBUTE_ALWAYS_INLINE bool operator()(ValId V) const {
    return T.mayContain(V, Sym) &&
           (Index ? T.indexedBy(V, Sym) : T.contains(V, Sym));
  }
};
} // namespace

void Engine::forget(ValId Symbol, State &S) {
  if (T.get(Symbol).Kind == ValKind::Local && !T.isIndex(Symbol))
    return;
  llvm::SmallVector<ValId, 4> Work{Symbol}, Seen;
  struct Rename {
    ValId Addr, To;
    Range Is; ///< what is known of the value stays known
  };
  std::vector<Rename> Renamed;
  while (!Work.empty()) {
    ValId Sym = Work.pop_back_val();
    if (llvm::is_contained(Seen, Sym))
      continue;
    Seen.push_back(Sym);
    Mention Uses{T, Sym, T.get(Sym).Kind == ValKind::Local};
    auto Goes = [&](const auto &E) { return Uses(keyOf(E)); };
    S.Devs.removeIf(Goes);
    KeyList Old;
    for (const auto &E : S.Store)
      if (Uses(E.first) || Uses(E.second))
        Old.push_back(E.first);
    for (uint32_t A : Old) {
      if (Uses(A)) {
        // What is kept there stays kept, where no name leads now.
        if (!T.isLocalMemory(A))
          unfollow(valueAt(S, T, A), S);
        S.Store.erase(A);
        continue;
      }
      // The address keeps the old meaning, under a name of its own; what that
      // name stood for before is out of reach now.
      ValId Older = olderName(A);
      Work.push_back(Older);
      Renamed.push_back({A, Older, rangeOf(S, T, valueAt(S, T, A))});
    }
    for (TempValue &E : S.Temps)
      if (Uses(E.Value))
        Work.push_back(E.Value = olderName(T.local(E.Ctx, -1 - E.Temp)));
    S.Refs.removeIf(Goes);
    S.Facts.removeIf(Goes);
    for (ValMap *Map : {&S.Looked, &S.Stale, &S.Trackers, &S.Released, &S.Links,
                        &S.Quiet, &S.Armed, &S.Public})
      Map->removeIf(Goes);
    for (ValSet *Set : {&S.Given, &S.Made, &S.Owned, &S.Dangling, &S.Rounds,
                        &S.Ready, &S.Gone})
      Set->removeIf(Goes);
  }
  for (const Rename &R : Renamed)
    if (S.Store.lookup(R.Addr)) {
      S.Store.set(R.Addr, R.To);
      setFact(R.To, R.Is, S);
    }
}

/// Calls \p Each with every name that \p S goes by, but values in memory.
template <typename Fn> static void eachName(const State &S, const Fn &Each) {
  auto Keys = [&](const auto &Table) {
    for (const auto &E : Table)
      Each(keyOf(E));
  };
  for (const auto &D : S.Devs)
    Each(D.first);
  for (const TempValue &E : S.Temps)
    Each(E.Value);
  Keys(S.Store);
  Keys(S.Facts);
  Keys(S.Refs);
  for (const ValMap *Map : {&S.Looked, &S.Stale, &S.Trackers, &S.Released,
                            &S.Links, &S.Quiet, &S.Armed, &S.Public})
    Keys(*Map);
  for (const ValSet *Set :
       {&S.Given, &S.Made, &S.Owned, &S.Dangling, &S.Rounds, &S.Ready, &S.Gone})
    Keys(*Set);
}

void Engine::othersWrite(State &S) {
  struct Place {
    ValId Addr, New;
    bool Used; ///< the name stands for something by now
  };
  llvm::SmallVector<Place, 16> Stale;
  uint64_t Bits = 0;
  for (const auto &E : S.Store) {
    NameId Member = T.memberAt(E.first);
    if (Member && WrittenLater.contains(Member) && !S.Devs.contains(E.second)) {
      ValId New = T.fresh(0, -2, T.name("later", E.first));
      Stale.push_back({E.first, New, false});
      Bits |= T.partBit(New);
    }
  }
  auto Note = [&](ValId V) {
    if (T.parts(V) & Bits)
      for (Place &P : Stale)
        P.Used |= T.contains(V, P.New);
  };
  eachName(S, Note);
  for (const auto &E : S.Store)
    if (T.parts(E.second) & Bits)
      for (Place &P : Stale)
        P.Used |= E.first != P.Addr && T.contains(E.second, P.New);
  for (const Place &P : Stale) {
    if (P.Used)
      forget(P.New, S);
    S.Store.set(P.Addr, P.New);
  }
}

bool Engine::isNamed(ValId V, const State &S) const {
  // Dead memory leads nowhere.
  auto InDead = [&](ValId Addr) {
    auto D = S.Devs.find(T.root(Addr));
    return D != S.Devs.end() && D->second.isDead();
  };
  const Val &X = T.get(V);
  switch (X.Kind) {
  case ValKind::Global:
  case ValKind::Local:
    return true;
  case ValKind::Field:
  case ValKind::Elem:
  case ValKind::Outer:
    return isNamed(X.A, S);
  case ValKind::Init: // read again, if it is still there and can be found
    if (!S.Store.lookup(X.A) && !InDead(X.A) && isNamed(X.A, S))
      return true;
    break;
  default:
    if (T.isParameter(V))
      return true;
    break;
  }
  auto Leads = [&](ValId Value) { return Value == V || T.root(Value) == V; };
  return llvm::any_of(S.Store,
                      [&](const auto &E) {
                        return Leads(E.second) && !InDead(E.first);
                      }) ||
         llvm::any_of(S.Temps,
                      [&](const TempValue &E) { return Leads(E.Value); });
}

void Engine::roundEnds(State &S) {
  // Of those on a list the first stands for all.
  auto IsFirst = [&](ValId Dev, const DevState &D) {
    return D.At == Life::Queued &&
           llvm::none_of(S.Devs, [&](const auto &Other) {
             return Other.first < Dev && Other.second.At == D.At &&
                    Other.second.List == D.List;
           });
  };
  KeyList Gone;
  for (const auto &[Dev, D] : S.Devs)
    if ((D.From == Origin::Param || D.isDead()) && !isNamed(Dev, S) &&
        !IsFirst(Dev, D))
      Gone.push_back(Dev);
  for (uint32_t V : Gone)
    forget(V, S);
  S.Refs.removeIf(
      [&](const auto &E) { return E.second < 0 && !isNamed(E.first, S); });
}
