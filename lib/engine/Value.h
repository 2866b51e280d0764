//===- Value.h - Symbolic values and addresses ------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Values of one module's execution, hash-consed: equal ids are the same value.
/// An address is a value too: the memory a pointer leads to is named by the
/// pointer, so `dev`, `priv->netdev` and `pci_get_drvdata(pdev)` are one object
/// as soon as they hold the same value (must-alias by construction; PATA,
/// ASPLOS'22, tracks the same with access paths).
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_VALUE_H
#define NETDEV_LINT_ENGINE_VALUE_H

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace netdev {

using ValId = uint32_t;  ///< 0 is "anything"
using NameId = uint32_t; ///< 0 is the empty name
using CtxId = uint32_t;  ///< 0 is the root; a chain of call sites

enum class ValKind : uint8_t {
  Unknown,
  Int,    ///< Num
  Str,    ///< Name
  Func,   ///< Name
  Global, ///< address of global Name
  Local,  ///< address of variable Num of frame A (a CtxId)
  Field,  ///< address of member Name (of record Rec) of what A points to
  Elem,   ///< address of element B of the array A points to
  Init,   ///< what address A held when the life began
  Fresh,  ///< made at (context A, site Num); Name tells several apart
  Unary,  ///< Name A
  Binary, ///< A Name B
  Outer,  ///< address of the record Rec whose member Name is at A
};

struct Val {
  ValKind Kind = ValKind::Unknown;
  NameId Name = 0, Rec = 0;
  uint32_t A = 0, B = 0;
  int64_t Num = 0;
  bool operator==(const Val &O) const {
    return Kind == O.Kind && Name == O.Name && Rec == O.Rec && A == O.A &&
           B == O.B && Num == O.Num;
  }
};

/// A member by its owner: what (record, field) an address is. The unit of the
/// type-level facts about callbacks.
struct FieldKey {
  NameId Rec = 0, Field = 0;
  bool operator==(const FieldKey &O) const {
    return Rec == O.Rec && Field == O.Field;
  }
  bool operator<(const FieldKey &O) const {
    return Rec != O.Rec ? Rec < O.Rec : Field < O.Field;
  }
  explicit operator bool() const { return Field != 0; }
};

/// An array that grows and whose elements stay where they are.
template <typename T> class StableArray {
public:
  const T &operator[](size_t I) const { return Chunks[I >> Bits][I & Mask]; }
  size_t size() const { return Count; }
  void push_back(const T &V) {
    if (Count == Chunks.size() << Bits)
      Chunks.push_back(std::make_unique<T[]>(size_t(1) << Bits));
    Chunks[Count >> Bits][Count & Mask] = V;
    ++Count;
  }

private:
  static constexpr size_t Bits = 8, Mask = (size_t(1) << Bits) - 1;
  std::vector<std::unique_ptr<T[]>> Chunks;
  size_t Count = 0;
};

class ValueTable {
public:
  ValueTable();
  NameId name(llvm::StringRef S);
  /// The name \p What followed by \p N, made once for each.
  NameId name(const char *What, uint32_t N);
  size_t numNames() const { return Names.size(); }
  NameId plus() const { return Plus; } ///< the operator
  llvm::StringRef text(NameId N) const { return Names[N]; }
  const Val &get(ValId V) const { return Vals[V]; }
  /// How many values there are: what is made next has this id or an older one.
  size_t size() const { return Vals.size(); }

  ValId number(int64_t N);
  ValId named(ValKind K, NameId N);
  ValId local(CtxId Frame, int64_t Var);
  ValId field(ValId Base, NameId Name, NameId Rec);
  ValId elem(ValId Base, ValId Index);
  ValId outer(ValId Addr, NameId Name, NameId Rec);
  ValId init(ValId Addr);
  ValId fresh(CtxId Ctx, int64_t Site, NameId Tag = 0);
  /// What address \p Addr holds where paths meet at \p Block.
  ValId phi(CtxId Ctx, uint32_t Block, ValId Addr);
  /// True if \p V is that.
  bool isPhi(ValId V, CtxId Ctx, uint32_t Block, ValId Addr) const;
  ValId unary(NameId Op, ValId A);
  ValId binary(NameId Op, ValId A, ValId B);

  /// The pointer a member's or element's address starts from.
  ValId root(ValId V) const { return Roots[V]; }
  /// One of 64 bits for each value: those of what a value is built from are in
  /// its parts. Most questions end here.
  static uint64_t partBit(ValId V) {
    return uint64_t(1) << (V * 0x9E3779B1u >> 26);
  }
  uint64_t parts(ValId V) const { return Parts[V]; }
  /// False if \p V neither is \p Part nor is built from it: a quick look.
  bool mayContain(ValId V, ValId Part) const {
    return V >= Part && (Parts[V] & partBit(Part));
  }
  /// True if \p V is \p Part or is built from it.
  bool contains(ValId V, ValId Part) const {
    return V == Part || (mayContain(V, Part) && isBuiltFrom(V, Part));
  }
  /// False if no element is found by the variable at \p Index.
  bool isIndex(ValId Index) const { return Indices.count(Index) != 0; }
  /// True if \p V is, or is found through, the element of an array that the
  /// variable at \p Index stands at.
  bool indexedBy(ValId V, ValId Index) const {
    return mayContain(V, Index) && isIndexedBy(V, Index);
  }
  /// True if \p V is an element of an array, or is found through one.
  bool throughElement(ValId V) const { return Elements.test(V); }
  /// What was made on the way (Fresh, but for parameters) and \p V is, is
  /// worked out from or starts from, not counting what tells which element of
  /// an array it is: 0 if that is nothing, SeveralMade if it is not just one.
  ValId made(ValId V) const { return Made[V]; }
  static constexpr ValId SeveralMade = ~0u;
  /// True if \p V is an address inside the memory \p Object points to.
  bool inside(ValId V, ValId Object) const { return root(V) == Object; }
  /// Members and globals of the name \p N start from 0 or more and only grow.
  void setCounter(NameId N) { Counters.insert(N); }
  /// True if \p V is what such a one held at first.
  bool isCounted(ValId V) const {
    const Val &X = get(V), &A = get(X.A);
    return X.Kind == ValKind::Init &&
           (A.Kind == ValKind::Field || A.Kind == ValKind::Global) &&
           Counters.count(A.Name);
  }
  /// True if \p V names a member, element, local or global: never NULL.
  bool isAddress(ValId V) const;
  /// True if \p V is what a parameter of an entry stands for.
  bool isParameter(ValId V) const {
    const Val &X = get(V);
    return X.Kind == ValKind::Fresh && X.Num <= FirstParameter;
  }
  /// Sites of parameters: this one, and below.
  static constexpr int64_t FirstParameter = -1000000;
  /// True if \p V is an address in a variable, of the frame \p Ctx or of any.
  bool isInFrame(ValId V, CtxId Ctx) const { return Frames[V] == Ctx + 1; }
  bool isLocalMemory(ValId V) const { return Frames[V] != 0; }
  /// The member that \p V is the address of; 0 if it is something else.
  NameId memberAt(ValId V) const { return Members[V]; }

  struct Site {
    CtxId Parent = 0;
    uint32_t Func = 0; ///< Program function index of the callee
    uint32_t Block = 0, Inst = 0;
  };
  /// The context of a call made from (\p Parent, \p Block, \p Inst) to \p Func.
  CtxId context(CtxId Parent, uint32_t Func, uint32_t Block, uint32_t Inst);
  const Site &site(CtxId C) const { return Sites[C]; }
  unsigned depth(CtxId C) const;
  /// True if \p Func is already running in \p C.
  bool isRunning(CtxId C, uint32_t Func) const;

private:
  ValId intern(const Val &V);
  bool isBuiltFrom(ValId V, ValId Part) const;
  bool isIndexedBy(ValId V, ValId Index) const;
  std::vector<llvm::StringRef> Names; ///< keys of NameIndex
  llvm::StringMap<NameId> NameIndex;
  /// By text and number: most are asked for again and again.
  llvm::DenseMap<std::pair<const char *, uint32_t>, NameId> Numbered;
  std::vector<NameId> PhiNames; ///< by address
  NameId Plus = 0;
  StableArray<Val> Vals; ///< references stay good while values are made
  // By value, what is asked for again and again.
  std::vector<uint64_t> Parts;
  std::vector<ValId> Roots, Made;
  std::vector<CtxId> Frames; ///< and 1, of variables
  std::vector<NameId> Members;
  llvm::BitVector Elements;
  std::vector<ValId> Inits; ///< by address; 0: not made yet
  /// By frame and variable: those of the function at even places, results of
  /// calls, which count down from -1, at odd ones.
  std::vector<std::vector<ValId>> Locals;
  std::array<ValId, 64> Small{}; ///< numbers from 0 on; 0: not made yet
  llvm::DenseSet<NameId> Counters;
  llvm::DenseSet<ValId> Indices; ///< variables that elements are found by

  /// Values by hash, open addressing; Id 0 is free. Half of them at most are
  /// taken, nothing is ever removed.
  struct Slot {
    uint32_t Hash = 0;
    ValId Id = 0;
  };
  std::vector<Slot> Slots;
  /// The slot with \p Hash whose value is \p Same, or the free one for it.
  template <typename Pred> size_t slot(uint32_t Hash, Pred Same) const {
    size_t Mask = Slots.size() - 1, I = Hash & Mask;
    while (Slots[I].Id && !(Slots[I].Hash == Hash && Same(Slots[I].Id)))
      I = (I + 1) & Mask;
    return I;
  }

  std::deque<Site> Sites;
  llvm::DenseMap<uint64_t, std::vector<CtxId>> SiteIndex;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_VALUE_H
