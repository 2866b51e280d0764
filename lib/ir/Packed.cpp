//===- Packed.cpp - Facts as bytes ----------------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The form in which facts are kept between runs: reading JSON takes fifteen
/// times as long, a fifth of solving a tree.
///
//===----------------------------------------------------------------------===//
#include "ir/Bytes.h"
#include "ir/Serialize.h"

using llvm::StringRef;

namespace netdev::ir {

static constexpr StringRef Magic = "ndfacts\n";

template <typename IO> static void fields(IO &Io, Loc &L) {
  Io(L.File), Io(L.Line), Io(L.Col), Io(L.Offset), Io(L.EndCol);
  Io.since(L.Line, L.EndLine), Io.since(L.Offset, L.EndOffset);
}
template <typename IO> static void fields(IO &Io, Expr &E) {
  Io(E.Kind), Io(E.Name), Io(E.Record), Io(E.Type), Io(E.Op);
  Io(E.A), Io(E.B), Io(E.Int);
}
template <typename IO> static void fields(IO &Io, Inst &I) {
  Io(I.Kind), Io(I.Cleanup), Io(I.Init), Io(I.Dst), Io(I.Value);
  Io(I.Callee), Io(I.Target), Io(I.Args), Io(I.Temp), Io(I.Macro), Io(I.Type);
  Io(I.Where);
}
template <typename IO> static void fields(IO &Io, SwitchCase &C) {
  Io(C.Lo), Io(C.Hi), Io(C.Succ);
}
template <typename IO> static void fields(IO &Io, Terminator &T) {
  Io(T.Kind), Io(T.Cond), Io(T.Succ), Io(T.Else), Io(T.Cases), Io(T.Where);
}
template <typename IO> static void fields(IO &Io, Block &B) {
  Io(B.Insts), Io(B.Term);
}
template <typename IO> static void fields(IO &Io, Var &V) {
  Io(V.Name), Io(V.Type), Io(V.CleanupFn);
}
template <typename IO> static void fields(IO &Io, Stmt &S) {
  Io(S.Begin), Io(S.Indent), Io(S.Parent), Io(S.Brace);
  Io.since(S.Begin, S.End);
  Io(S.Alone), Io(S.Labelled), Io(S.Needed);
}
template <typename IO> static void fields(IO &Io, Function &F) {
  Io(F.Name), Io(F.ReturnType), Io(F.Static), Io(F.Variadic), Io(F.Defined);
  Io(F.NumParams), Io(F.Vars), Io(F.Blocks), Io(F.Stmts), Io(F.Where);
}
template <typename IO> static void fields(IO &Io, InitValue &V) {
  Io(V.Path), Io(V.Value), Io(V.Where);
}
template <typename IO> static void fields(IO &Io, Global &G) {
  Io(G.Name), Io(G.Type), Io(G.Record), Io(G.Static), Io(G.Init), Io(G.Where);
}
template <typename IO> static void fields(IO &Io, Unit &U) {
  Io(U.File), Io(U.Kernel), Io(U.ModuleInit), Io(U.ModuleExit);
  Io(U.Strings), Io(U.Exprs), Io(U.Functions), Io(U.Globals), Io(U.Elsewhere);
}

std::string pack(const Unit &U) {
  ByteWriter Out;
  Out.Bytes = Magic.str();
  Out(FactsVersion);
  Out(U);
  return std::move(Out.Bytes);
}

std::optional<Unit> unpack(StringRef Bytes) {
  if (!Bytes.consume_front(Magic))
    return std::nullopt;
  ByteReader In(Bytes);
  unsigned Version = 0;
  In(Version);
  Unit U;
  if (Version == FactsVersion)
    In(U);
  if (Version != FactsVersion || !In.Ok || !In.atEnd() || !isSound(U))
    return std::nullopt;
  return U;
}

} // namespace netdev::ir
