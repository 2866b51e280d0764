//===- Wire.cpp - A result on its way between processes -------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Wire.h"
#include "ir/Bytes.h"

using namespace llvm;

namespace netdev {

// The fields of each record, once for both directions.
template <typename IO> static void fields(IO &Io, Position &P) {
  Io(P.File), Io(P.Line), Io(P.Column), Io(P.Offset);
  Io(P.EndLine), Io(P.EndColumn), Io(P.EndOffset);
}
template <typename IO> static void fields(IO &Io, Step &S) {
  Io(S.Where), Io(S.Function), Io(S.Message), Io(S.State);
}
template <typename IO> static void fields(IO &Io, Edit &E) {
  Io(E.File), Io(E.Offset), Io(E.Length), Io(E.Text);
  Io(E.CopyFrom), Io(E.CopyLength);
}
template <typename IO> static void fields(IO &Io, Fix &F) {
  Io(F.Message), Io(F.Edits);
}
template <typename IO> static void fields(IO &Io, Result &F) {
  Io(F.Check), Io(F.Rule), Io(F.Trust), Io(F.Message), Io(F.Where);
  Io(F.Function), Io(F.Steps), Io(F.Fixes);
  Io(F.Silence.Where), Io(F.Silence.Justification);
}
template <typename IO> static void fields(IO &Io, UnitStatus &S) {
  Io(S.File), Io(S.Status), Io(S.Reason);
}
template <typename IO> static void fields(IO &Io, Notice &N) {
  Io(N.File), Io(N.Message);
}
template <typename IO> static void fields(IO &Io, SolveStats &S) {
  Io(S.Functions), Io(S.Executions), Io(S.States), Io(S.GivenUp);
  Io(S.Coarse);
}
template <typename IO> static void fields(IO &Io, UnitResult &R) {
  Io(R.Status), Io(R.Findings), Io(R.Suppressed), Io(R.Notices), Io(R.Stats);
  Io(R.From), Io(R.Prefix), Io(R.Seconds);
}

template <typename T> static std::string toBytes(const T &V) {
  ByteWriter Out;
  Out(V);
  return std::move(Out.Bytes);
}

template <typename T> static bool fromBytes(StringRef Bytes, T &V) {
  ByteReader In(Bytes);
  In(V);
  return In.Ok && In.atEnd();
}

std::string toWire(const UnitResult &R) { return toBytes(R); }
std::string toWire(const std::vector<UnitResult> &Rs) { return toBytes(Rs); }

bool fromWire(StringRef Bytes, UnitResult &R) { return fromBytes(Bytes, R); }
bool fromWire(StringRef Bytes, std::vector<UnitResult> &Rs) {
  return fromBytes(Bytes, Rs);
}

} // namespace netdev
