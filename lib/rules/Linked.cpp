//===- Linked.cpp - Memory that belongs to a device -------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Linked.h"

using namespace netdev;

/// The element of an array that \p Addr lies in; 0 if it is in none.
static ValId elementOf(ValId Addr, const ValueTable &T) {
  while (T.get(Addr).Kind == ValKind::Field)
    Addr = T.get(Addr).A;
  return T.get(Addr).Kind == ValKind::Elem ? Addr : 0;
}

bool netdev::linked(ValId Addr, ValId Object, const State &S,
                    const ValueTable &T) {
  ValId Root = T.root(Addr), Element = elementOf(Addr, T);
  ValId Whole = Element ? Element : Root;
  if (Root == Object)
    return true;
  // Found there by this function: `priv->dev` of a parameter.
  if ((T.get(Object).Kind == ValKind::Init && T.contains(Object, Whole)) ||
      (T.get(Root).Kind == ValKind::Init && T.contains(Root, Object)))
    return true;
  for (const auto &KV : S.Store) {
    bool In =
        Element ? T.contains(KV.first, Element) : T.root(KV.first) == Root;
    if ((In && T.root(KV.second) == Object) ||
        (T.root(KV.first) == Object && KV.second == Whole))
      return true;
  }
  return false;
}
