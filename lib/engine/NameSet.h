//===- NameSet.h - Sets of names ---------------------------------*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Sets of names, a bit for each: a unit has some hundred, and what functions
/// write is united up its whole call graph.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_NAMESET_H
#define NETDEV_LINT_ENGINE_NAMESET_H

#include "engine/Value.h"
#include "llvm/ADT/BitVector.h"

namespace netdev {

class NameSet {
public:
  bool contains(NameId N) const { return N < Bits.size() && Bits.test(N); }
  bool empty() const { return Bits.none(); }
  void insert(NameId N) {
    if (N >= Bits.size())
      Bits.resize(N + 1);
    Bits.set(N);
  }
  /// Adds all of \p O. True if one of them is new.
  bool insert(const NameSet &O) {
    if (!O.Bits.test(Bits))
      return false;
    Bits |= O.Bits;
    return true;
  }
  auto begin() const { return Bits.set_bits_begin(); }
  auto end() const { return Bits.set_bits_end(); }

private:
  llvm::BitVector Bits;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_NAMESET_H
