//===- Wire.cpp - A result on its way between processes -------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Wire.h"
#include <cstring>
#include <type_traits>

using namespace llvm;

namespace netdev {

namespace {
class Writer {
public:
  std::string Bytes;

  template <typename T>
  std::enable_if_t<std::is_arithmetic_v<T> || std::is_enum_v<T>>
  operator()(const T &V) {
    Bytes.append(reinterpret_cast<const char *>(&V), sizeof(T));
  }
  void operator()(const std::string &S) {
    (*this)(uint64_t(S.size()));
    Bytes += S;
  }
  template <typename T> void operator()(const std::vector<T> &V);
  template <typename T>
  std::enable_if_t<std::is_class_v<T>> operator()(const T &V);
};

class Reader {
public:
  StringRef Bytes;
  bool Ok = true;

  template <typename T>
  std::enable_if_t<std::is_arithmetic_v<T> || std::is_enum_v<T>>
  operator()(T &V) {
    Ok = Ok && Bytes.size() >= sizeof(T);
    if (!Ok)
      return;
    std::memcpy(&V, Bytes.data(), sizeof(T));
    Bytes = Bytes.drop_front(sizeof(T));
  }
  void operator()(std::string &S) {
    uint64_t Size = 0;
    (*this)(Size);
    Ok = Ok && Bytes.size() >= Size;
    if (!Ok)
      return;
    S = Bytes.take_front(Size).str();
    Bytes = Bytes.drop_front(Size);
  }
  template <typename T> void operator()(std::vector<T> &V);
  template <typename T> std::enable_if_t<std::is_class_v<T>> operator()(T &V);
};

// The fields of each record, once for both directions.
template <typename IO> void fields(IO &Io, Position &P) {
  Io(P.File), Io(P.Line), Io(P.Column), Io(P.Offset);
  Io(P.EndLine), Io(P.EndColumn), Io(P.EndOffset);
}
template <typename IO> void fields(IO &Io, Step &S) {
  Io(S.Where), Io(S.Function), Io(S.Message), Io(S.State);
}
template <typename IO> void fields(IO &Io, Edit &E) {
  Io(E.File), Io(E.Offset), Io(E.Length), Io(E.Text);
  Io(E.CopyFrom), Io(E.CopyLength);
}
template <typename IO> void fields(IO &Io, Fix &F) {
  Io(F.Message), Io(F.Edits);
}
template <typename IO> void fields(IO &Io, Result &F) {
  Io(F.Check), Io(F.Rule), Io(F.Trust), Io(F.Message), Io(F.Where);
  Io(F.Function), Io(F.Steps), Io(F.Fixes);
  Io(F.Silence.Where), Io(F.Silence.Justification);
}
template <typename IO> void fields(IO &Io, UnitStatus &S) {
  Io(S.File), Io(S.Status), Io(S.Reason);
}
template <typename IO> void fields(IO &Io, Notice &N) {
  Io(N.File), Io(N.Message);
}
template <typename IO> void fields(IO &Io, SolveStats &S) {
  Io(S.Functions), Io(S.Executions), Io(S.States), Io(S.BudgetExhausted);
  Io(S.GivenUp);
}
template <typename IO> void fields(IO &Io, UnitResult &R) {
  Io(R.Status), Io(R.Findings), Io(R.Suppressed), Io(R.Notices), Io(R.Stats);
  Io(R.From), Io(R.Prefix), Io(R.Seconds);
}

template <typename T> void Writer::operator()(const std::vector<T> &V) {
  (*this)(uint64_t(V.size()));
  for (const T &E : V)
    (*this)(E);
}
template <typename T>
std::enable_if_t<std::is_class_v<T>> Writer::operator()(const T &V) {
  fields(*this, const_cast<T &>(V)); // Writer only reads
}
template <typename T> void Reader::operator()(std::vector<T> &V) {
  uint64_t Size = 0;
  (*this)(Size);
  for (uint64_t I = 0; Ok && I != Size; ++I)
    (*this)(V.emplace_back());
}
template <typename T>
std::enable_if_t<std::is_class_v<T>> Reader::operator()(T &V) {
  fields(*this, V);
}
} // namespace

std::string toWire(const UnitResult &R) {
  Writer W;
  W(R);
  return std::move(W.Bytes);
}

bool fromWire(StringRef Bytes, UnitResult &R) {
  Reader In{Bytes};
  In(R);
  return In.Ok && In.Bytes.empty();
}

} // namespace netdev
