//===- Keepers.h - Who else knows of a reference ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What holds a reference where a function returns: memory that outlives it,
/// what it returns, a tracker; or something that ended on the path, and the
/// reference with it.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_KEEPERS_H
#define NETDEV_LINT_RULES_KEEPERS_H

#include "rules/RuleContext.h"

namespace netdev {

/// A reference at the end of a function.
struct Outstanding {
  Point At;
  ValId Ret, Ref;
  State S;
};

class Keepers {
public:
  explicit Keepers(RuleContext &C)
      : C(C), E(C.E), P(C.E.program()), U(C.U), T(C.E.values()) {}

  /// \p Value, a device that is held or was looked up, is stored at \p Addr.
  void stored(ValId Addr, ValId Value) { KeptAt[Value].insert(Addr); }
  /// \p F fails with \p Ret in \p S; to be called back later is no failure.
  bool fails(FuncId F, ValId Ret, const State &S) const;
  /// The object that holds \p Addr was given back on this path.
  bool isGone(ValId Addr, const State &S) const;
  /// Memory that outlives the entry leads to \p Dev; or, if \p Left is given,
  /// that outlives the call of that context: members of its callers' variables
  /// do.
  bool storedIn(const State &S, ValId Dev, CtxId Left = 0) const;
  /// \p Dev was stored on one of the paths that met.
  bool mayBeStored(ValId Dev, const Outstanding &O) const;
  /// Others can find \p Dev after \p O: it is returned, or lies in memory that
  /// outlives the function. \p InMemory: what a caller knows by itself, or a
  /// tracker notes, is not enough.
  bool escapes(ValId Dev, const Outstanding &O, bool InMemory = false) const;
  /// The tracker that notes \p Ref was freed on this path.
  bool goesWithTracker(ValId Ref, const State &S) const;
  /// What kept \p Ref was freed on this path, and nothing else keeps it here.
  bool goesWithOwner(ValId Ref, const State &S) const;

private:
  bool isDropped(ValId Addr, const Outstanding &O) const;

  RuleContext &C;
  Engine &E;
  Program &P;
  Usage &U;
  const ValueTable &T;
  std::map<ValId, std::set<ValId>> KeptAt;
};

} // namespace netdev

#endif // NETDEV_LINT_RULES_KEEPERS_H
