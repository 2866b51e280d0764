//===- Garbage.cpp - What nothing leads to any more -------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Results of calls and memory made on a path that a function has not handed
/// back: what is known of them can never be asked for again. (Abstract garbage
/// collection: Might and Shivers, "Improving flow analyses via GammaCFA", ICFP
/// 2006.)
///
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"

using namespace netdev;

namespace {
class Marker {
public:
  /// \p Stamps: by value, when it was last marked; the newest is \p Now.
  Marker(const ValueTable &T, std::vector<uint32_t> &Stamps, uint32_t Now)
      : T(T), Stamps(Stamps), Now(Now) {
    Stamps.resize(T.size());
  }

  /// \p V can still be asked for.
  void mark(ValId V) {
    if (T.throughElement(V) || T.made(V) == T.SeveralMade)
      each(V, true, [&](ValId Made) { Stamps[Made] = Now; });
    else
      Stamps[T.made(V)] = Now;
  }
  /// What \p V is, or starts from, is out of reach.
  bool isDead(ValId V) const {
    if (T.made(V) != T.SeveralMade)
      return T.made(V) && Stamps[T.made(V)] != Now;
    bool Dead = false;
    each(V, false, [&](ValId Made) { Dead |= Stamps[Made] != Now; });
    return Dead;
  }
  bool isMade(ValId V) const { return T.get(V).Kind == ValKind::Fresh; }

private:
  const ValueTable &T;
  std::vector<uint32_t> &Stamps;
  uint32_t Now;

  /// Calls \p Fn with each value that was made on the way and that \p V is, is
  /// worked out from or starts from; with \p Indices also those that tell which
  /// element of an array it is.
  template <typename Fn> void each(ValId V, bool Indices, const Fn &Do) const {
    while (V) {
      const Val &X = T.get(V);
      switch (X.Kind) {
      case ValKind::Fresh:
        if (!T.isParameter(V))
          Do(V);
        return;
      case ValKind::Elem:
        if (Indices)
          each(X.B, true, Do);
        break;
      case ValKind::Binary:
        each(X.B, Indices, Do);
        break;
      case ValKind::Field:
      case ValKind::Init:
      case ValKind::Unary:
      case ValKind::Outer:
        break;
      default:
        return;
      }
      V = X.A;
    }
  }
};
} // namespace

void Engine::collect(const Point &At, ValId Ret, State &S) {
  Marker Found(T, Stamps, ++Collections);
  Found.mark(Ret);
  for (const TempValue &E : S.Temps)
    Found.mark(E.Value);
  for (const auto &[Dev, D] : S.Devs)
    for (ValId V : {Dev, D.Destructor, D.List, D.Kept})
      Found.mark(V);
  for (const auto &E : S.Refs)
    Found.mark(E.first);
  // No tracker: the memory it is in does not live by that.
  for (const ValMap *Map : {&S.Links, &S.Looked, &S.Stale, &S.Public})
    for (const auto &E : *Map)
      Found.mark(E.first);
  // Whether these calls have failed.
  for (const ValMap *Map : {&S.Armed, &S.Public})
    for (const auto &E : *Map)
      Found.mark(E.second);
  for (const ValSet *Set :
       {&S.Notifiers, &S.Dangling, &S.Owned, &S.Rounds, &S.Given, &S.Made})
    for (uint32_t V : *Set)
      Found.mark(V);
  // What is kept in memory that is in reach is in reach.
  llvm::SmallVector<FlatEntry<ValId>, 32> Open;
  for (const auto &E : S.Store)
    if (Found.isDead(E.first))
      Open.push_back(E);
    else
      Found.mark(E.second);
  for (size_t Before = 0; Before != Open.size();) {
    Before = Open.size();
    llvm::erase_if(Open, [&](const auto &E) {
      if (Found.isDead(E.first))
        return false;
      Found.mark(E.second);
      return true;
    });
  }
  auto Dead = [&](const auto &E) { return Found.isDead(keyOf(E)); };
  // A reference that only such memory keeps is a matter of whoever has the
  // memory now: it was queued, or linked. If it was freed, nobody has.
  auto IsAtHand = [&](ValId Dev) {
    return T.contains(Ret, Dev) ||
           llvm::any_of(
               S.Temps,
               [&](const auto &E) { return T.contains(E.Value, Dev); }) ||
           llvm::any_of(S.Store, [&](const auto &E) {
             return !Dead(E) && T.contains(E.second, Dev);
           });
  };
  llvm::SmallVector<std::pair<ValId, ValId>, 4> Given;
  for (const auto &[Addr, Dev] : Open)
    if (const int *N = S.Refs.lookup(Dev);
        N && *N > 0 && !S.Devs.contains(Dev) && !S.Looked.lookup(Dev) &&
        !S.Released.lookup(T.root(Addr)) && !IsAtHand(Dev))
      Given.push_back({Addr, Dev});
  for (const auto &[Addr, Dev] : Given)
    for (Observer *O : Observers)
      O->keptElsewhere(At, Ret, Addr, Dev, S);
  for (const auto &[Addr, Dev] : Given)
    unfollow(Dev, S);
  // But for devices that are kept there: someone has to let them go.
  for (const auto &[Addr, Value] : Open)
    if (!S.Refs.lookup(Value) && !S.Looked.lookup(Value) &&
        !S.Devs.contains(Value))
      S.Store.erase(Addr);
  S.Facts.removeIf(Dead);
  S.Released.removeIf(Dead);
  // S.Gone stays: `kfree(p->x); p->x = NULL` ended what callbacks know as p->x.
  // An interrupt goes by its number: that stays.
  auto DeadObject = [&](const auto &E) {
    return Dead(E) && !Found.isMade(keyOf(E));
  };
  S.Ready.removeIf(DeadObject);
  S.Armed.removeIf(DeadObject);
  S.Quiet.removeIf(DeadObject);
}
