//===- Value.cpp - Symbolic values and addresses ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Value.h"
#include "llvm/ADT/Hashing.h"

using namespace netdev;

ValueTable::ValueTable()
    : Parts{0}, Roots{0}, Made{0}, Frames{0}, Members{0}, Elements(1),
      Sites{Site{}} {
  Vals.push_back(Val{});
  name("");
  Plus = name("+");
}

NameId ValueTable::name(llvm::StringRef S) {
  auto [It, New] = NameIndex.try_emplace(S, Names.size());
  if (New)
    Names.push_back(It->first());
  return It->second;
}

NameId ValueTable::name(const char *What, uint32_t N) {
  NameId &Known = Numbered[{What, N}];
  if (!Known)
    Known = name(What + std::to_string(N));
  return Known;
}

static uint32_t hashOf(const Val &V) {
  constexpr uint64_t Odd = 0x9E3779B97F4A7C15;
  uint64_t H = ((uint64_t(V.A) << 32 | V.B) + uint64_t(V.Kind)) * Odd;
  H = ((H ^ H >> 32) + (uint64_t(V.Name) << 32 | V.Rec)) * Odd;
  H = ((H ^ H >> 32) + uint64_t(V.Num)) * Odd;
  return uint32_t(H >> 32);
}

/// Operands of \p V that are values (A of Local and Fresh is a context).
static std::pair<ValId, ValId> operands(const Val &V) {
  switch (V.Kind) {
  case ValKind::Field:
  case ValKind::Init:
  case ValKind::Unary:
  case ValKind::Outer:
    return {V.A, 0};
  case ValKind::Elem:
  case ValKind::Binary:
    return {V.A, V.B};
  default:
    return {0, 0};
  }
}

ValId ValueTable::intern(const Val &V) {
  if (Vals.size() * 2 >= Slots.size()) {
    std::vector<Slot> Old(std::max<size_t>(1024, Slots.size() * 2));
    Old.swap(Slots);
    for (const Slot &S : Old)
      if (S.Id)
        Slots[slot(S.Hash, [](ValId) { return false; })] = S;
  }
  uint32_t Hash = hashOf(V);
  Slot &S = Slots[slot(Hash, [&](ValId I) { return Vals[I] == V; })];
  if (!S.Id) {
    S = {Hash, ValId(Vals.size())};
    auto [A, B] = operands(V);
    Parts.push_back(partBit(S.Id) | Parts[A] | Parts[B]);
    bool Place = V.Kind == ValKind::Field || V.Kind == ValKind::Elem;
    Roots.push_back(Place ? Roots[A] : S.Id);
    Frames.push_back(V.Kind == ValKind::Local ? V.A + 1
                     : Place                  ? Frames[A]
                                              : 0);
    Members.push_back(V.Kind == ValKind::Field ? V.Name : 0);
    Elements.push_back(V.Kind == ValKind::Elem || Elements[A] || Elements[B]);
    ValId X = Made[A], Y = V.Kind == ValKind::Elem ? 0 : Made[B];
    bool New = V.Kind == ValKind::Fresh && V.Num > FirstParameter;
    Made.push_back(New ? S.Id : !X || X == Y ? Y : !Y ? X : SeveralMade);
    Vals.push_back(V);
  }
  return S.Id;
}

ValId ValueTable::number(int64_t N) {
  ValId *Known = N >= 0 && N < int64_t(Small.size()) ? &Small[N] : nullptr;
  if (Known && *Known)
    return *Known;
  Val V;
  V.Kind = ValKind::Int;
  V.Num = N;
  ValId Id = intern(V);
  if (Known)
    *Known = Id;
  return Id;
}

ValId ValueTable::named(ValKind K, NameId N) {
  Val V;
  V.Kind = K;
  V.Name = N;
  return intern(V);
}

ValId ValueTable::local(CtxId Frame, int64_t Var) {
  if (Frame >= Locals.size())
    Locals.resize(Frame + Frame / 2 + 1);
  std::vector<ValId> &Ids = Locals[Frame];
  size_t At = Var >= 0 ? size_t(Var) * 2 : size_t(-1 - Var) * 2 + 1;
  if (At >= Ids.size())
    Ids.resize(At + 1);
  if (!Ids[At]) {
    Val V;
    V.Kind = ValKind::Local;
    V.A = Frame;
    V.Num = Var;
    Ids[At] = intern(V);
  }
  return Ids[At];
}

ValId ValueTable::field(ValId Base, NameId Name, NameId Rec) {
  if (!Base)
    return 0;
  // &container_of(p, T, m)->m is p again.
  const Val &B = Vals[Base];
  if (B.Kind == ValKind::Outer && B.Name == Name && B.Rec == Rec)
    return B.A;
  Val V;
  V.Kind = ValKind::Field;
  V.Name = Name;
  V.Rec = Rec;
  V.A = Base;
  return intern(V);
}

ValId ValueTable::elem(ValId Base, ValId Idx) {
  if (!Base)
    return 0;
  Val V;
  V.Kind = ValKind::Elem;
  V.A = Base;
  V.B = Idx;
  if (Vals[Idx].Kind == ValKind::Local)
    Indices.insert(Idx);
  return intern(V);
}

ValId ValueTable::outer(ValId Addr, NameId Name, NameId Rec) {
  if (!Addr)
    return 0;
  const Val &A = Vals[Addr];
  if (A.Kind == ValKind::Field && A.Name == Name && A.Rec == Rec)
    return A.A;
  Val V;
  V.Kind = ValKind::Outer;
  V.Name = Name;
  V.Rec = Rec;
  V.A = Addr;
  return intern(V);
}

ValId ValueTable::init(ValId Addr) {
  if (!Addr)
    return 0;
  if (Addr >= Inits.size())
    Inits.resize(Addr + Addr / 2 + 1);
  if (Inits[Addr])
    return Inits[Addr];
  Val V;
  V.Kind = ValKind::Init;
  V.A = Addr;
  return Inits[Addr] = intern(V);
}

ValId ValueTable::fresh(CtxId Ctx, int64_t Site, NameId Tag) {
  Val V;
  V.Kind = ValKind::Fresh;
  V.A = Ctx;
  V.Num = Site;
  V.Name = Tag;
  return intern(V);
}

ValId ValueTable::phi(CtxId Ctx, uint32_t Block, ValId Addr) {
  if (Addr >= PhiNames.size())
    PhiNames.resize(Addr + Addr / 2 + 1);
  if (!PhiNames[Addr])
    PhiNames[Addr] = name("phi" + std::to_string(Addr));
  // Negative sites are joins; the address tells variables apart.
  return fresh(Ctx, -int64_t(Block) - 1, PhiNames[Addr]);
}

bool ValueTable::isPhi(ValId V, CtxId Ctx, uint32_t Block, ValId Addr) const {
  const Val &X = Vals[V];
  return X.Kind == ValKind::Fresh && X.A == Ctx &&
         X.Num == -int64_t(Block) - 1 && Addr < PhiNames.size() &&
         X.Name == PhiNames[Addr] && X.Name;
}

ValId ValueTable::unary(NameId Op, ValId A) {
  if (!A)
    return 0;
  Val V;
  V.Kind = ValKind::Unary;
  V.Name = Op;
  V.A = A;
  return intern(V);
}

ValId ValueTable::binary(NameId Op, ValId A, ValId B) {
  if (!A || !B)
    return 0;
  Val V;
  V.Kind = ValKind::Binary;
  V.Name = Op;
  V.A = A;
  V.B = B;
  return intern(V);
}

bool ValueTable::isBuiltFrom(ValId V, ValId Part) const {
  auto [A, B] = operands(Vals[V]);
  return (A && contains(A, Part)) || (B && contains(B, Part));
}

bool ValueTable::isIndexedBy(ValId V, ValId Index) const {
  auto [A, B] = operands(Vals[V]);
  if (Vals[V].Kind == ValKind::Elem && B == Index)
    return true;
  return (A && indexedBy(A, Index)) || (B && indexedBy(B, Index));
}

bool ValueTable::isAddress(ValId V) const {
  switch (Vals[V].Kind) {
  case ValKind::Str:
  case ValKind::Func:
  case ValKind::Global:
  case ValKind::Local:
    return true;
  case ValKind::Field:
  case ValKind::Elem:
    return true;
  default:
    return false;
  }
}

CtxId ValueTable::context(CtxId Parent, uint32_t Func, uint32_t Block,
                          uint32_t Inst) {
  uint64_t H = uint64_t(llvm::hash_combine(Parent, Func, Block, Inst)) >> 2;
  std::vector<CtxId> &Bucket = SiteIndex[H];
  for (CtxId I : Bucket)
    if (Sites[I].Parent == Parent && Sites[I].Func == Func &&
        Sites[I].Block == Block && Sites[I].Inst == Inst)
      return I;
  Bucket.push_back(Sites.size());
  Sites.push_back({Parent, Func, Block, Inst});
  return Sites.size() - 1;
}

unsigned ValueTable::depth(CtxId C) const {
  unsigned N = 0;
  for (; C; C = Sites[C].Parent)
    ++N;
  return N;
}

bool ValueTable::isRunning(CtxId C, uint32_t Func) const {
  for (; C; C = Sites[C].Parent)
    if (Sites[C].Func == Func)
      return true;
  return false;
}
