//===- Assume.cpp - What a test tells ---------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"
#include "model/Idioms.h"

using namespace netdev;

/// Leaves only the values of \p R to \p V; false if none is left.
bool Engine::narrow(ValId V, Range R, State &S) {
  if (!V)
    return true;
  Range Old = rangeOf(S, T, V);
  if (R.Exact && Old.Exact)
    return R.Num == Old.Num;
  if (Old.Exact)
    return (Old.Signs & R.Signs) != 0;
  uint8_t Signs = Old.Signs & R.Signs;
  if (!Signs)
    return false;
  if (Signs == Range::Zero)
    disown(V, S);            // there is none
  if (!(Signs & Range::Pos)) // dev_hold(NULL) takes nothing
    S.Refs.erase(V);
  setFact(V, Range{Signs, R.Exact || Signs == Range::Zero, R.Num}, S);
  return true;
}

/// \p X is the reg_state of a device whose registration failed.
static bool isStateOfFailed(const Val &X, const ValueTable &T, const State &S) {
  const Val &At = T.get(X.Kind == ValKind::Init ? X.A : 0);
  auto D = At.Kind == ValKind::Field ? S.Devs.find(At.A) : S.Devs.end();
  return D != S.Devs.end() && D->second.At == Life::RegFailed &&
         deviceField(T.text(At.Name)) == DevField::RegState;
}

/// What the operator \p Op compares by, if it does.
static std::optional<Cmp> comparison(llvm::StringRef Op) {
  bool OrEqual = Op.size() == 2 && Op[1] == '=';
  if (Op.size() != 1 && !OrEqual)
    return std::nullopt;
  switch (Op[0]) {
  case '=':
    return OrEqual ? std::optional(Cmp::Eq) : std::nullopt;
  case '!':
    return OrEqual ? std::optional(Cmp::Ne) : std::nullopt;
  case '<':
    return OrEqual ? Cmp::Le : Cmp::Lt;
  case '>':
    return OrEqual ? Cmp::Ge : Cmp::Gt;
  default:
    return std::nullopt;
  }
}

static Cmp negated(Cmp C) { return Cmp(uint8_t(C) ^ 1); }

/// The comparison of \p B with \p A that says what \p C says of A and B.
static Cmp mirrored(Cmp C) {
  switch (C) {
  case Cmp::Lt:
    return Cmp::Gt;
  case Cmp::Gt:
    return Cmp::Lt;
  case Cmp::Ge:
    return Cmp::Le;
  case Cmp::Le:
    return Cmp::Ge;
  case Cmp::Eq:
  case Cmp::Ne:
    break;
  }
  return C;
}

static bool holds(Cmp C, int64_t L, int64_t R) {
  switch (C) {
  case Cmp::Eq:
    return L == R;
  case Cmp::Ne:
    return L != R;
  case Cmp::Lt:
    return L < R;
  case Cmp::Ge:
    return L >= R;
  case Cmp::Gt:
    return L > R;
  case Cmp::Le:
    return L <= R;
  }
  return false;
}

/// The numbers that compare so with \p N.
static Range comparing(Cmp C, int64_t N) {
  constexpr uint8_t Neg = Range::Neg, Zero = Range::Zero, Pos = Range::Pos;
  uint8_t Signs = Range::Any;
  switch (C) {
  case Cmp::Eq:
    return Range::number(N);
  case Cmp::Ne:
    Signs = N == 0 ? Neg | Pos : Range::Any;
    break;
  case Cmp::Lt:
    Signs = N <= 0 ? Neg : N == 1 ? Neg | Zero : Range::Any;
    break;
  case Cmp::Le:
    Signs = N < 0 ? Neg : N == 0 ? Neg | Zero : Range::Any;
    break;
  case Cmp::Gt:
    Signs = N >= 0 ? Pos : N == -1 ? Zero | Pos : Range::Any;
    break;
  case Cmp::Ge:
    Signs = N > 0 ? Pos : N == 0 ? Zero | Pos : Range::Any;
    break;
  }
  return {Signs, false, 0};
}

/// A comparison of what is a truth value itself: `(a == b) == 0`, `!!p == 1`.
/// Says what it tells of that; nothing for other comparisons.
static std::optional<bool> testOfTest(Cmp C, const Val &X, int64_t N,
                                      const ValueTable &T) {
  if (C != Cmp::Eq && C != Cmp::Ne)
    return std::nullopt;
  if (N == 0 && (X.Kind == ValKind::Binary || X.Kind == ValKind::Unary))
    return C == Cmp::Ne;
  if (N == 1 && X.Kind == ValKind::Unary && T.text(X.Name) == "!")
    return C == Cmp::Eq;
  return std::nullopt;
}

/// Whether \p X, which is one of \p R, can compare so with \p N.
static bool canCompare(Cmp C, const Val &X, Range R, int64_t N,
                       const ValueTable &T, const State &S) {
  if (R.Exact)
    return holds(C, R.Num, N);
  return (R.Signs & comparing(C, N).Signs) &&
         !(C == Cmp::Eq && N == NetregRegistered && isStateOfFailed(X, T, S));
}

bool Engine::compare(Cmp C, ValId A, ValId B, State &S) {
  if (T.get(A).Kind == ValKind::Int && T.get(B).Kind != ValKind::Int) {
    std::swap(A, B);
    C = mirrored(C);
  }
  const Val &X = T.get(A);
  Range RB = rangeOf(S, T, B);
  if (!RB.Exact) {
    if (A == B)
      return C == Cmp::Eq || C == Cmp::Le || C == Cmp::Ge;
    if (C != Cmp::Eq)
      return true;
    uint8_t Both = rangeOf(S, T, A).Signs & RB.Signs;
    if (!Both)
      return false;
    // Two names of one device: which of them its references go by is open.
    unfollow(A, S);
    unfollow(B, S);
    return narrow(A, Range{Both, false, 0}, S) &&
           narrow(B, Range{Both, false, 0}, S);
  }
  if (std::optional<bool> Truth = testOfTest(C, X, RB.Num, T))
    return assume(A, *Truth, S);
  Range RA = rangeOf(S, T, A);
  return canCompare(C, X, RA, RB.Num, T, S) &&
         (RA.Exact || narrow(A, comparing(C, RB.Num), S));
}

bool Engine::mayBe(Cmp C, ValId A, ValId B, const State &S) {
  Range RA = rangeOf(S, T, A), RB = rangeOf(S, T, B);
  const Val &X = T.get(A);
  // Without a copy where the answer is in the signs.
  if (RB.Exact && !RA.Exact && !testOfTest(C, X, RB.Num, T))
    return canCompare(C, X, RA, RB.Num, T, S);
  State Copy = S;
  return compare(C, A, B, Copy);
}

/// Adds that \p V is true (not 0) or false to \p S; false if that cannot be.
bool Engine::assume(ValId V, bool Truth, State &S) {
  const Val &X = T.get(V);
  if (X.Kind == ValKind::Int)
    return (X.Num != 0) == Truth;
  if (X.Kind == ValKind::Unary && T.text(X.Name) == "!")
    return assume(X.A, !Truth, S);
  // What an earlier test of the whole has told.
  if (!(rangeOf(S, T, V).Signs &
        (Truth ? Range::Neg | Range::Pos : Range::Zero)))
    return false;
  if (X.Kind == ValKind::Binary) {
    llvm::StringRef Op = T.text(X.Name);
    if (Op == "&&" || Op == "||") {
      bool Both = Truth == (Op == "&&");
      if (Both)
        return assume(X.A, Truth, S) && assume(X.B, Truth, S);
      // One of them at least: told apart where the other is known.
      State A = S, B = S;
      bool CanA = assume(X.A, Truth, A), CanB = assume(X.B, Truth, B);
      if (CanA && !CanB)
        S = std::move(A);
      else if (CanB && !CanA)
        S = std::move(B);
      if (CanA != CanB || !CanA)
        return CanA || CanB;
    }
    if (std::optional<Cmp> C = comparison(Op)) {
      Cmp Is = Truth ? *C : negated(*C);
      if (!compare(Is, X.A, X.B, S))
        return false;
      // What signs cannot say (two unknowns, x != 1): remember the answer.
      if (rangeOf(S, T, X.B).Exact && !mayBe(negated(Is), X.A, X.B, S))
        return true;
    }
  }
  return narrow(
      V,
      Range{uint8_t(Truth ? Range::Neg | Range::Pos : Range::Zero), !Truth, 0},
      S);
}
