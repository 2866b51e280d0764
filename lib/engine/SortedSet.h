//===- SortedSet.h - A set in one piece of memory ---------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What functions have and pass on to their callers: small, often united.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_SORTEDSET_H
#define NETDEV_LINT_ENGINE_SORTEDSET_H

#include <algorithm>
#include <iterator>
#include <vector>

namespace netdev {

/// A set of \p T, ordered by its `<`.
template <typename T> class SortedSet {
public:
  using const_iterator = typename std::vector<T>::const_iterator;
  const_iterator begin() const { return Items.begin(); }
  const_iterator end() const { return Items.end(); }
  size_t size() const { return Items.size(); }
  bool empty() const { return Items.empty(); }
  size_t count(const T &Item) const {
    return std::binary_search(Items.begin(), Items.end(), Item);
  }
  void insert(const T &Item) {
    auto At = std::lower_bound(Items.begin(), Items.end(), Item);
    if (At == Items.end() || Item < *At)
      Items.insert(At, Item);
  }
  /// Adds all of \p Other. True if one of them is new.
  bool insert(const SortedSet &Other) {
    if (std::includes(begin(), end(), Other.begin(), Other.end()))
      return false;
    std::vector<T> Both;
    Both.reserve(Items.size() + Other.size());
    std::set_union(begin(), end(), Other.begin(), Other.end(),
                   std::back_inserter(Both));
    Items = std::move(Both);
    return true;
  }

private:
  std::vector<T> Items;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_SORTEDSET_H
