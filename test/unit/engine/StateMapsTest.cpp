//===- StateMapsTest.cpp - Maps of states, sets of names ------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "../model/Check.h"
#include "engine/FlatMap.h"
#include "engine/NameSet.h"
#include <map>
#include <vector>

using namespace netdev;
using Map = FlatMap<uint32_t>;

/// \p M holds what \p Want does, in its order.
static void checkEqual(const Map &M, const std::map<uint32_t, uint32_t> &Want) {
  CHECK_EQ(M.size(), Want.size());
  if (M.size() != Want.size())
    return;
  auto It = Want.begin();
  for (const auto &E : M) {
    CHECK_EQ(E.first, It->first);
    CHECK_EQ(E.second, It->second);
    ++It;
  }
  for (uint32_t K = 0; K != 64; ++K) {
    const uint32_t *V = M.lookup(K);
    CHECK_EQ(size_t(V != nullptr), Want.count(K));
    if (V)
      CHECK_EQ(*V, Want.at(K));
  }
}

/// Any changes, in step with std::map; copies that others change stay.
static void testChanges() {
  Map M;
  std::map<uint32_t, uint32_t> Want;
  std::vector<std::pair<Map, std::map<uint32_t, uint32_t>>> Copies;
  uint32_t Seed = 7;
  auto Next = [&] { return Seed = Seed * 1664525 + 1013904223, Seed >> 16; };
  for (unsigned N = 0; N != 2000; ++N) {
    uint32_t K = Next() % 64, What = Next() % 8;
    if (What < 5) {
      M.set(K, N);
      Want[K] = N;
    } else if (What == 5) {
      M.erase(K);
      Want.erase(K);
    } else if (What == 6) {
      M.edit(K) += 3;
      Want[K] += 3;
    } else {
      auto Goes = [&](const auto &E) { return E.first % 7 == K % 7; };
      M.removeIf(Goes);
      for (auto It = Want.begin(); It != Want.end();)
        It = Goes(*It) ? Want.erase(It) : std::next(It);
    }
    if (N % 100 == 0)
      Copies.emplace_back(M, Want);
    if (N % 300 == 0 && !Copies.empty())
      M = Copies.front().first, Want = Copies.front().second;
  }
  checkEqual(M, Want);
  for (const auto &[Copy, Then] : Copies)
    checkEqual(Copy, Then);
}

static void testAssign() {
  Map M;
  M.set(5, 50);
  Map Copy = M;
  CHECK(Copy.sharesWith(M));
  const FlatEntry<uint32_t> Three[] = {{1, 10}, {2, 20}, {9, 90}};
  M.assign(Three, 3);
  checkEqual(M, {{1, 10}, {2, 20}, {9, 90}});
  checkEqual(Copy, {{5, 50}});
  M.assign(Three, 2); // into its own memory
  checkEqual(M, {{1, 10}, {2, 20}});
  M.assign(Three, 0);
  CHECK(M.isEmpty());
}

static void testSet() {
  Map M;
  M.set(3, 1);
  Map Copy = M;
  M.set(3, 1); // what is there already leaves it shared
  CHECK(Copy.sharesWith(M));
  M.set(3, 2);
  CHECK(!Copy.sharesWith(M));
  checkEqual(Copy, {{3, 1}});
  CHECK(!(M == Copy));
  M.set(3, 1);
  CHECK(M == Copy);
}

static void testNames() {
  NameSet A, B;
  CHECK(A.empty() && !A.contains(200));
  CHECK(!A.insert(B));
  B.insert(200);
  B.insert(3);
  CHECK(A.insert(B));
  CHECK(!A.insert(B));
  CHECK(A.contains(3) && A.contains(200) && !A.contains(4));
  A.insert(1);
  CHECK(!A.insert(B)); // all of it is there
  CHECK(B.insert(A));
  std::vector<NameId> All;
  for (NameId N : B)
    All.push_back(N);
  CHECK((All == std::vector<NameId>{1, 3, 200}));
}

int main() {
  testChanges();
  testAssign();
  testSet();
  testNames();
  return Failures != 0;
}
