//===- ObjectEffects.cpp - Calls that act on what a device needs -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/ApiEffects.h"
#include "model/Idioms.h"

using namespace netdev;

/// The address \p O is about at this call; 0 if there is none, or it is not
/// known. What is known by its cookie alone is a member of the cookie's memory.
ValId ApiEffects::objectOf(const ApiObject &O, llvm::ArrayRef<ValId> Args) {
  const ApiClass &Class = E.M.objectClass(O.Class);
  if (Class.ByCookie && O.CookieArg >= 0)
    return size_t(O.CookieArg) < Args.size()
               ? T.field(Args[O.CookieArg], T.name(CookieMember),
                         T.name(O.Class))
               : 0;
  return E.addressOf(O, Args);
}

void ApiEffects::rest(ValId V, const ApiObject &O, State &S) {
  Rest How = O.Does == Act::DisableSync ? Rest::Disabled : Rest::Cancelled;
  auto Still = [&](ValId A) {
    S.Quiet.set(A, uint32_t(How));
    S.Armed.erase(A);
  };
  // disable_irq(): any of those known by their cookies.
  if (E.M.objectClass(O.Class).ByCookie && O.CookieArg < 0) {
    std::vector<uint32_t> All;
    for (const auto &A : S.Armed)
      if (T.get(A.first).Kind == ValKind::Field &&
          T.text(T.get(A.first).Rec) == O.Class)
        All.push_back(A.first);
    for (uint32_t A : All)
      Still(A);
    return;
  }
  Still(V);
}

void ApiEffects::objects(llvm::ArrayRef<ValId> Args, State &S) {
  ValId Result = I.Temp >= 0 ? T.fresh(At.Ctx, I.Temp) : 0;
  for (const ApiObject &O : Objects) {
    ValId V = objectOf(O, Args);
    if (!V)
      continue;
    structDevice(O, V, S);
    switch (O.Does) {
    case Act::Init:
      S.Store.erase(E.workedOff(V));
      S.Ready.insert(V);
      S.Quiet.erase(V);
      S.Gone.erase(V);
      break;
    case Act::Arm:
      S.Armed.set(V, E.M.objectClass(O.Class).ArmMayFail ? Result : 0);
      S.Quiet.erase(V);
      break;
    case Act::CancelSync:
    case Act::DisableSync:
    case Act::FlushSync:
      rest(V, O, S);
      break;
    case Act::Destroy:
      S.Gone.insert(V);
      break;
    case Act::Publish:
      S.Public.set(V, Result);
      break;
    case Act::Withdraw:
      S.Public.erase(V);
      stir(S);
      break;
    case Act::Use:
      // Who waits does so for others to write something.
      if (O.Class == "completion" || O.Class == "waitqueue")
        E.othersWrite(S);
      break;
    case Act::Create:
    case Act::Bind:
    case Act::CancelNosync:
    case Act::Identity:
    case Act::Lock:
      break;
    }
  }
}

void ApiEffects::stir(State &S) {
  ValMap Quiet = S.Quiet;
  for (const auto &Q : S.Quiet)
    if (Rest(Q.second) == Rest::Cancelled)
      Quiet.set(Q.first, uint32_t(Rest::Early));
  S.Quiet = Quiet;
}
