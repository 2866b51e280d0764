//===- Coarsen.cpp - Paths of a huge entry that are merged ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The paths of an entry multiply with each device and reference it takes. In a
/// huge one, and where more meet at one block than are followed, those that
/// differ in what they hold are merged all the same; what they differ in is not
/// followed on. All of the entry is looked at that way,
/// where a budget alone would cut it off.
///
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"

using namespace netdev;

/// Block states after which an entry is a huge one.
static constexpr uint64_t HugeEntry = 17000;

bool Engine::isHuge() const { return Spent > HugeEntry; }

/// Takes out of \p A and \p B, two maps or sets, what is not in both.
template <typename Table> static void intersect(Table &A, Table &B) {
  Table Both = A;
  Both.removeIf([&](const auto &E) { return !B.holds(E); });
  A = B = Both;
}

bool Engine::coarsen(State &A, State &B) {
  if (A.Rtnl != B.Rtnl || A.Taken != B.Taken || A.Atomic != B.Atomic ||
      A.Rcu != B.Rcu)
    return false;
  Stats.Coarse.insert(Running.Func);
  llvm::SmallVector<ValId, 4> Gone;
  for (const auto &[Dev, D] : A.Devs)
    if (auto It = B.Devs.find(Dev); It == B.Devs.end() || !(It->second == D))
      Gone.push_back(Dev);
  for (const auto &[Dev, D] : B.Devs)
    if (!A.Devs.contains(Dev))
      Gone.push_back(Dev);
  for (State *S : {&A, &B})
    for (ValId Dev : Gone) {
      unfollow(Dev, *S);
      S->Devs.erase(Dev);
      S->Certain = false;
    }
  intersect(A.Refs, B.Refs);
  for (auto Set :
       {&State::Notifiers, &State::Dangling, &State::Owned, &State::Rounds})
    intersect(A.*Set, B.*Set);
  for (auto Map : {&State::Trackers, &State::Links})
    intersect(A.*Map, B.*Map);
  return true;
}
