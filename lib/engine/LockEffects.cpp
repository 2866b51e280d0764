//===- LockEffects.cpp - Calls that take and drop the RTNL ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/ApiEffects.h"
#include "engine/LockSteps.h"

using namespace netdev;

/// A loop that takes the lock over and over must end here.
static int8_t saturated(int Depth) {
  return Depth > 3 ? 3 : Depth < -3 ? -3 : Depth;
}

std::vector<State> ApiEffects::lock(State S) {
  auto [Good, Bad] = outcomes(Api->Ok);
  std::string By = "'" + Shown.str() + "'";
  auto Take = [&](State &St) {
    // It is a plain mutex: who gets it did not have it.
    St.Rtnl = St.Rtnl == State::UnknownRtnl ? 1 : saturated(St.Rtnl + 1);
    St.Taken = saturated(St.Taken + 1);
    E.addStep(At, E.rtnl(), "the RTNL is taken by " + By, LockHeld.str(), St,
              1);
  };
  States Out;
  if (!Bad) {
    setResult(S, Range::Any);
    Take(S);
    Out.push_back(std::move(S));
    return Out;
  }
  auto [Ok, Failed] = fork(std::move(S), Good, Bad);
  Take(Ok);
  E.addStep(At, E.rtnl(), By + " does not get the RTNL", "", Failed);
  Out.push_back(std::move(Ok));
  Out.push_back(std::move(Failed));
  return Out;
}

std::vector<State> ApiEffects::unlock(State S) {
  setResult(S, Range::Any);
  if (S.Rtnl > 0)
    --S.Rtnl;
  else if (S.Rtnl == State::UnknownRtnl)
    S.Rtnl = 0;
  S.Taken = saturated(S.Taken - 1);
  E.addStep(At, E.rtnl(), "the RTNL is dropped by '" + Shown.str() + "'",
            (S.Rtnl > 0 ? LockHeld : LockFree).str(), S, -1);
  if (S.Rtnl == 0) {
    E.protectionEnds(Role::LookupRtnl, S);
    return workOff(std::move(S));
  }
  States Out;
  Out.push_back(std::move(S));
  return Out;
}

/// A section in which nobody may sleep begins or ends. What a caller that is
/// not seen holds stays out of the count.
void ApiEffects::section(int Change, State &S) {
  int8_t Base = E.running().Atomic ? 1 : 0;
  S.Atomic = std::max<int8_t>(Base, saturated(S.Atomic + Change));
  if (Change > 0)
    E.addStep(At, E.atomic(), "'" + Shown.str() + "' forbids to sleep", "", S);
  else if (S.Atomic == 0)
    E.protectionEnds(Role::LookupRcu, S);
}
