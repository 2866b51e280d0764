//===- Keepers.cpp - Who else knows of a reference --------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Keepers.h"
#include "model/Idioms.h"
#include "rules/Ownership.h"

using namespace netdev;

bool Keepers::fails(FuncId F, ValId Ret, const State &S) const {
  Range R = E.range(S, Ret);
  return E.failed(F, Ret, S) && !(R.Exact && isPending(R.Num));
}

bool Keepers::isGone(ValId Addr, const State &S) const {
  auto D = S.Devs.find(T.root(Addr));
  return S.Gone.contains(T.root(Addr)) ||
         (D != S.Devs.end() && D->second.At == Life::Freed);
}

bool Keepers::storedIn(const State &S, ValId Dev, CtxId Left) const {
  return llvm::any_of(S.Store, [&](const auto &KV) {
    return KV.second == Dev && (!T.isLocalMemory(KV.first) ||
                                (Left && T.root(KV.first) != KV.first &&
                                 T.get(T.root(KV.first)).A != Left));
  });
}

/// \p Addr lies in the device of a newlink that fails: the core frees that,
/// and only a callback that ran could have looked at what it kept.
bool Keepers::isDropped(ValId Addr, const Outstanding &O) const {
  auto D = O.S.Devs.find(T.root(Addr));
  if (D == O.S.Devs.end() || D->second.From != Origin::LinkOps ||
      T.site(O.At.Ctx).Parent || !fails(O.At.Func, O.Ret, O.S))
    return false;
  if (D->second.At == Life::Alloc && D->second.Failed == RegFail::None)
    return true;
  FieldKey K = P.keyOf(Addr);
  auto Drops = [&](FuncId F) {
    return F != NoFunc && C.owners().findIn(F, [&](const RefSite &X) {
      return !X.Takes && X.Owner == K;
    });
  };
  return D->second.At == Life::RegFailed &&
         !Drops(P.function(D->second.Destructor)) &&
         !Drops(E.deviceOp(T.root(Addr), UninitCallback, O.S));
}

bool Keepers::mayBeStored(ValId Dev, const Outstanding &O) const {
  auto Kept = KeptAt.find(Dev);
  if (Kept != KeptAt.end())
    for (ValId Addr : Kept->second)
      if (const uint32_t *V = O.S.Store.lookup(Addr))
        if (T.get(*V).Kind == ValKind::Fresh && !isGone(Addr, O.S) &&
            !isDropped(Addr, O))
          return true;
  return false;
}

bool Keepers::escapes(ValId Dev, const Outstanding &O, bool InMemory) const {
  const State &S = O.S;
  const FuncInfo &F = P.func(O.At.Func);
  llvm::StringRef Type = F.U->text(F.F->ReturnType);
  if (Type.ends_with("*") && T.contains(O.Ret, Dev))
    return true;
  if (Type == DevicePointer && (E.range(S, O.Ret).Signs & Range::Pos))
    return true;
  for (const auto &KV : S.Store) {
    if (T.root(KV.first) == Dev || (InMemory && T.isLocalMemory(KV.first)))
      continue;
    if (T.root(KV.second) == Dev && !isGone(KV.first, S) &&
        !isDropped(KV.first, O))
      return true;
    // By way of what hangs off it: dev->ieee80211_ptr.
    if (T.get(KV.second).Kind == ValKind::Init && T.contains(KV.second, Dev) &&
        !U.isScalar(P.keyOf(T.get(KV.second).A)))
      return true;
  }
  if (mayBeStored(Dev, O))
    return true;
  if (InMemory)
    return false;
  // The tracker's owner has it.
  for (const auto &Note : S.Trackers)
    if (Note.second == Dev && !T.isLocalMemory(Note.first) &&
        !isGone(Note.first, S))
      return true;
  return false;
}

bool Keepers::goesWithTracker(ValId Ref, const State &S) const {
  for (const auto &Note : S.Trackers)
    if (Note.second == Ref && isGone(Note.first, S))
      return true;
  return false;
}

bool Keepers::goesWithOwner(ValId Ref, const State &S) const {
  // It was read from there, and nobody else is known to have it.
  if (T.get(Ref).Kind == ValKind::Init && isGone(T.get(Ref).A, S) &&
      !storedIn(S, Ref))
    return true;
  // It was stored there before it was taken, too.
  bool Gone = false;
  for (const auto &KV : S.Store)
    if (KV.second == Ref && !T.isLocalMemory(KV.first)) {
      if (!isGone(KV.first, S))
        return false;
      Gone = true;
    }
  auto Kept = KeptAt.find(Ref);
  if (Kept == KeptAt.end())
    return Gone;
  for (ValId Addr : Kept->second) {
    const uint32_t *Now = S.Store.lookup(Addr);
    if (isGone(Addr, S))
      Gone = true;
    else if (Now && *Now == Ref)
      return false;
  }
  return Gone;
}
