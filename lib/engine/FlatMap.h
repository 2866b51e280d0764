//===- FlatMap.h - Small sorted maps that copies share ----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The maps and sets of a state: arrays in the order of their keys, shared by
/// copies until one of them changes (copy on write). A state is copied for each
/// block, its maps have some dozen entries, and most blocks change one of them:
/// comparing, joining and walking through arrays costs less than sharing parts
/// of trees (llvm::ImmutableMap), which are spread over memory. Not for several
/// threads.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_FLATMAP_H
#define NETDEV_LINT_ENGINE_FLATMAP_H

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace netdev {

/// An entry of a FlatMap.
template <typename V> struct FlatEntry {
  uint32_t first;
  V second;
  bool operator==(const FlatEntry &O) const {
    return first == O.first && second == O.second;
  }
};

/// The key of an entry: a set's is the entry itself.
inline uint32_t keyOf(uint32_t E) { return E; }
template <typename V> uint32_t keyOf(const FlatEntry<V> &E) { return E.first; }

/// What FlatMap and FlatSet have in common. Iterators and pointers to entries
/// hold until the table itself changes; changes of a copy leave them be.
template <typename Entry> class FlatTable {
  static_assert(std::is_trivially_copyable_v<Entry> && alignof(Entry) <= 8);

public:
  FlatTable() = default;
  FlatTable(const FlatTable &O) : A(O.A) {
    if (A)
      ++A->Users;
  }
  FlatTable(FlatTable &&O) noexcept : A(std::exchange(O.A, nullptr)) {}
  FlatTable &operator=(FlatTable O) noexcept {
    std::swap(A, O.A);
    return *this;
  }
  ~FlatTable() { release(); }

  const Entry *begin() const { return A ? entries(A) : nullptr; }
  const Entry *end() const { return begin() + size(); }
  uint32_t size() const { return A ? A->Size : 0; }
  bool isEmpty() const { return !A; }
  bool contains(uint32_t Key) const { return find(Key) != end(); }
  /// The entry of \p Key; end() if there is none.
  const Entry *find(uint32_t Key) const {
    const Entry *E = lowerBound(Key);
    return E != end() && keyOf(*E) == Key ? E : end();
  }
  /// \p E is an entry, with what it stands for.
  bool holds(const Entry &E) const {
    const Entry *Own = find(keyOf(E));
    return Own != end() && *Own == E;
  }
  /// Both are copies of one table that neither has changed since: a quick look
  /// that says nothing if it fails.
  bool sharesWith(const FlatTable &O) const { return A == O.A; }
  bool operator==(const FlatTable &O) const {
    if (A == O.A)
      return true;
    if (size() != O.size())
      return false;
    if constexpr (std::has_unique_object_representations_v<Entry>)
      return std::memcmp(begin(), O.begin(), size() * sizeof(Entry)) == 0;
    return std::equal(begin(), end(), O.begin());
  }
  bool operator!=(const FlatTable &O) const { return !(*this == O); }

  void clear() {
    release();
    A = nullptr;
  }
  /// The \p N entries at \p First, in order, are all from here on.
  void assign(const Entry *First, uint32_t N) {
    if (!N)
      return clear();
    if (!A || A->Users > 1 || A->Room < N)
      replace(make(N));
    std::copy_n(First, N, entries(A));
    A->Size = N;
  }
  void erase(uint32_t Key) {
    const Entry *E = find(Key);
    if (E == end())
      return;
    if (size() == 1)
      return clear();
    uint32_t At = E - begin(), Rest = size() - At - 1;
    if (A->Users == 1) {
      std::memmove(entries(A) + At, entries(A) + At + 1, Rest * sizeof(Entry));
      --A->Size;
      return;
    }
    Array *New = make(size() - 1);
    std::copy_n(begin(), At, entries(New));
    std::copy_n(begin() + At + 1, Rest, entries(New) + At);
    replace(New);
  }
  /// Removes the entries that \p Gone holds for. It must not ask the table.
  template <typename Pred> void removeIf(const Pred &Gone) {
    const Entry *E = std::find_if(begin(), end(), Gone);
    if (E == end())
      return;
    uint32_t Kept = E - begin();
    alone();
    Entry *To = entries(A) + Kept;
    for (Entry *I = To + 1, *End = entries(A) + size(); I != End; ++I)
      if (!Gone(*I))
        *To++ = *I;
    A->Size = To - entries(A);
    if (!A->Size)
      clear();
  }

protected:
  const Entry *lowerBound(uint32_t Key) const {
    const Entry *First = begin();
    for (uint32_t Left = size(); Left > 1;) {
      uint32_t Half = Left / 2;
      First += keyOf(First[Half - 1]) < Key ? Half : 0;
      Left -= Half;
    }
    return First + (size() && keyOf(*First) < Key);
  }
  void insertAt(uint32_t At, Entry E) {
    uint32_t N = size(), Rest = N - At;
    if (A && A->Users == 1 && N < A->Room) {
      std::memmove(entries(A) + At + 1, entries(A) + At, Rest * sizeof(Entry));
    } else {
      Array *New = make(N + 1);
      std::copy_n(begin(), At, entries(New));
      std::copy_n(begin() + At, Rest, entries(New) + At + 1);
      replace(New);
    }
    entries(A)[At] = E;
    A->Size = N + 1;
  }
  /// \p E, an entry, that only this table sees.
  Entry &mine(const Entry *E) {
    uint32_t At = E - begin();
    alone();
    return entries(A)[At];
  }

private:
  struct alignas(8) Array {
    uint32_t Users, Size, Room;
  };
  Array *A = nullptr; ///< null if there are no entries

  static Entry *entries(Array *A) { return reinterpret_cast<Entry *>(A + 1); }
  /// For \p Size entries, which are not set, and some more.
  static Array *make(uint32_t Size) {
    uint32_t Room = Size + Size / 4 + 3;
    void *Memory = ::operator new(sizeof(Array) + Room * sizeof(Entry));
    return new (Memory) Array{1, Size, Room};
  }
  void release() {
    if (A && --A->Users == 0)
      ::operator delete(A);
  }
  void replace(Array *New) {
    release();
    A = New;
  }
  void alone() {
    if (A->Users == 1)
      return;
    Array *New = make(A->Size);
    std::copy_n(begin(), A->Size, entries(New));
    replace(New);
  }
};

template <typename V> class FlatMap : public FlatTable<FlatEntry<V>> {
public:
  /// What \p Key stands for; null if it is not there.
  const V *lookup(uint32_t Key) const {
    const FlatEntry<V> *E = this->find(Key);
    return E != this->end() ? &E->second : nullptr;
  }
  /// \p Key stands for \p Value from here on. A number that it stands for
  /// already leaves the map shared.
  void set(uint32_t Key, V Value) {
    const FlatEntry<V> *E = this->lowerBound(Key);
    if (E == this->end() || E->first != Key)
      this->insertAt(E - this->begin(), {Key, Value});
    else if (!std::is_scalar_v<V> || !(E->second == Value))
      this->mine(E).second = Value;
  }
  /// What \p Key stands for, to be changed: a V() if it is not there yet. Not
  /// to be kept while the map is copied or gets new entries.
  V &edit(uint32_t Key) {
    if (!this->contains(Key))
      set(Key, V());
    return this->mine(this->find(Key)).second;
  }
};

class FlatSet : public FlatTable<uint32_t> {
public:
  void insert(uint32_t Key) {
    const uint32_t *E = lowerBound(Key);
    if (E == end() || *E != Key)
      insertAt(E - begin(), Key);
  }
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_FLATMAP_H
