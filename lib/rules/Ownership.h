//===- Ownership.h - Who keeps references, and who drops them ---*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A reference that outlives a function is owned by the member or the global
/// it is dropped through. Every call of the module that takes, drops or notes a
/// reference, without a path: the witnesses of the rules about references.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_OWNERSHIP_H
#define NETDEV_LINT_RULES_OWNERSHIP_H

#include "engine/State.h"
#include "engine/Usage.h"

namespace netdev {

/// One call that takes or drops a reference.
struct RefSite {
  FuncId F = NoFunc;
  uint32_t Block = 0, Inst = 0;
  bool Takes = false;  ///< takes one, or notes one in a tracker; else drops
  bool Counts = false; ///< changes the count (netdev_tracker_alloc does not)
  bool Swaps = false;  ///< drops one and takes another (netdev_ref_replace)
  FieldKey Owner;      ///< member the device is read from; {0, global}
  FieldKey Via;        ///< member that leads to Owner's record, if one does
  FieldKey Tracker;    ///< member that is its tracker
  int Param = -1;      ///< the device is this parameter of F
};

class Ownership {
public:
  Ownership(Program &P, Usage &U);

  llvm::ArrayRef<RefSite> sites() const { return Sites; }
  /// What the address \p Address in \p F names: a member, or a global.
  FieldKey owner(FuncId F, ir::ExprId Address) const;
  FieldKey owner(ValId Address) const;
  /// Some function drops what \p K holds, through it.
  bool isOwner(FieldKey K) const { return Owners.count(K) != 0; }
  /// What \p X drops may be what \p K keeps: it has another name, or none.
  bool mayDrop(const RefSite &X, FieldKey K) const;
  /// Something in the module drops the reference of a device's struct device.
  bool dropStructDevices() const;
  /// The function, known by its name only, that was given the object that keeps
  /// \p Ref to release it, and with it the reference; 0 if none was.
  NameId releasedOwner(ValId Ref, const State &S) const;
  /// \p Fn holds for a site in what \p Root may run.
  template <typename Pred> const RefSite *findIn(FuncId Root, Pred Fn) const {
    for (const RefSite &S : Sites)
      if (Fn(S) && P.runs(Root, S.F))
        return &S;
    return nullptr;
  }
  template <typename Pred> const RefSite *find(Pred Fn) const {
    for (const RefSite &S : Sites)
      if (Fn(S))
        return &S;
    return nullptr;
  }

private:
  void scan(FuncId F);
  bool ownLookup(const RefSite &X) const;

  Program &P;
  Usage &U;
  std::vector<RefSite> Sites;
  std::set<FieldKey> Owners;
};

} // namespace netdev

#endif // NETDEV_LINT_RULES_OWNERSHIP_H
