//===- Serialize.cpp - Facts as files ---------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Serialize.h"
#include <nlohmann/json.hpp>

using namespace netdev;
using namespace netdev::ir;
using nlohmann::json;

// Arrays instead of objects: a unit has tens of thousands of nodes, and the
// order of members is fixed by FactsVersion anyway.

static json toJson(const Loc &L) {
  return json::array(
      {L.File, L.Line, L.Col, L.Offset, L.EndLine, L.EndCol, L.EndOffset});
}

static json toJson(const Expr &E) {
  return json::array(
      {unsigned(E.Kind), E.Name, E.Record, E.Type, E.Op, E.A, E.B, E.Int});
}

static json toJson(const Inst &I) {
  return json::array({unsigned(I.Kind), I.Cleanup, I.Init, I.Dst, I.Value,
                      I.Callee, I.Target, I.Args, I.Temp, I.Macro, I.Type,
                      toJson(I.Where)});
}

static json toJson(const Terminator &T) {
  json Cases = json::array();
  for (const SwitchCase &C : T.Cases)
    Cases.push_back({C.Lo, C.Hi, C.Succ});
  return json::array({unsigned(T.Kind), T.Cond, T.Succ, T.Else,
                      std::move(Cases), toJson(T.Where)});
}

static json toJson(const Stmt &S) {
  return json::array({S.Begin, S.Indent, S.End, S.Parent, S.Brace,
                      S.Alone | S.Labelled << 1 | S.Needed << 2});
}

static json toJson(const Function &F) {
  json Vars = json::array(), Blocks = json::array();
  for (const Var &V : F.Vars)
    Vars.push_back({V.Name, V.Type, V.CleanupFn});
  for (const Block &B : F.Blocks) {
    json Insts = json::array();
    for (const Inst &I : B.Insts)
      Insts.push_back(toJson(I));
    Blocks.push_back({std::move(Insts), toJson(B.Term)});
  }
  json J = json::array({F.Name, F.ReturnType, F.Static, F.Variadic, F.Defined,
                        F.NumParams, std::move(Vars), std::move(Blocks),
                        toJson(F.Where)});
  for (const Stmt &S : F.Stmts)
    J.push_back(toJson(S));
  return J;
}

static json toJson(const Global &G) {
  json Init = json::array();
  for (const InitValue &V : G.Init)
    Init.push_back({V.Path, V.Value, toJson(V.Where)});
  return json::array(
      {G.Name, G.Type, G.Record, G.Static, std::move(Init), toJson(G.Where)});
}

std::string netdev::ir::store(const Unit &U, bool Binary) {
  json Exprs = json::array(), Functions = json::array(),
       Globals = json::array();
  for (const Expr &E : U.Exprs)
    Exprs.push_back(toJson(E));
  for (const Function &F : U.Functions)
    Functions.push_back(toJson(F));
  for (const Global &G : U.Globals)
    Globals.push_back(toJson(G));
  json J = json::object({{"netdev-lint-facts", FactsVersion},
                         {"file", U.File},
                         {"kernel", U.Kernel},
                         {"init", U.ModuleInit},
                         {"exit", U.ModuleExit},
                         {"strings", U.Strings},
                         {"exprs", std::move(Exprs)},
                         {"elsewhere", U.Elsewhere},
                         {"functions", std::move(Functions)},
                         {"globals", std::move(Globals)}});
  if (!Binary)
    return J.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  std::vector<uint8_t> Bytes = json::to_cbor(J);
  return std::string(Bytes.begin(), Bytes.end());
}

namespace {
/// Reads checked values out of a parsed file; the first wrong one ends it.
class Reader {
public:
  explicit Reader(Unit &U) : U(U) {}
  bool Bad = false;

  const json &at(const json &J, size_t I) {
    static const json Null;
    if (Bad || !J.is_array() || I >= J.size()) {
      Bad = true;
      return Null;
    }
    return J[I];
  }
  template <typename T> void num(const json &J, size_t I, T &Out) {
    const json &V = at(J, I);
    if (V.is_boolean())
      Out = T(V.get<bool>());
    else if (V.is_number_integer())
      Out = T(V.get<int64_t>());
    else
      Bad = true;
  }
  void str(const json &J, size_t I, StrId &Out) {
    num(J, I, Out);
    Bad |= Out >= U.Strings.size();
  }
  void expr(const json &J, size_t I, ExprId &Out) {
    num(J, I, Out);
    Bad |= Out >= NumExprs;
  }
  template <typename E> void kind(const json &J, size_t I, E Last, E &Out) {
    unsigned V = 0;
    num(J, I, V);
    Bad |= V > unsigned(Last);
    Out = Bad ? E() : E(V);
  }
  void loc(const json &J, Loc &L) {
    str(J, 0, L.File);
    num(J, 1, L.Line), num(J, 2, L.Col), num(J, 3, L.Offset);
    num(J, 4, L.EndLine), num(J, 5, L.EndCol), num(J, 6, L.EndOffset);
  }
  void read(const json &J, Expr &E) {
    kind(J, 0, ExprKind::ContainerOf, E.Kind);
    str(J, 1, E.Name), str(J, 2, E.Record), str(J, 3, E.Type), str(J, 4, E.Op);
    expr(J, 5, E.A), expr(J, 6, E.B), num(J, 7, E.Int);
  }
  void read(const json &J, Inst &I) {
    kind(J, 0, InstKind::Eval, I.Kind);
    num(J, 1, I.Cleanup), num(J, 2, I.Init);
    expr(J, 3, I.Dst), expr(J, 4, I.Value), str(J, 5, I.Callee);
    expr(J, 6, I.Target);
    const json &Args = at(J, 7);
    I.Args.resize(Args.is_array() ? Args.size() : 0);
    for (size_t A = 0; A < I.Args.size(); ++A)
      expr(Args, A, I.Args[A]);
    num(J, 8, I.Temp), str(J, 9, I.Macro), str(J, 10, I.Type);
    loc(at(J, 11), I.Where);
  }
  void read(const json &J, Terminator &T, size_t Blocks) {
    kind(J, 0, TermKind::Unreachable, T.Kind);
    expr(J, 1, T.Cond), num(J, 2, T.Succ), num(J, 3, T.Else);
    const json &Cases = at(J, 4);
    T.Cases.resize(Cases.is_array() ? Cases.size() : 0);
    for (size_t C = 0; C < T.Cases.size(); ++C) {
      num(Cases[C], 0, T.Cases[C].Lo), num(Cases[C], 1, T.Cases[C].Hi);
      num(Cases[C], 2, T.Cases[C].Succ);
      Bad |= T.Cases[C].Succ >= Blocks;
    }
    Bad |= T.Succ >= Blocks || T.Else >= Blocks;
    loc(at(J, 5), T.Where);
  }
  void read(const json &J, Function &F) {
    str(J, 0, F.Name), str(J, 1, F.ReturnType), num(J, 2, F.Static);
    num(J, 3, F.Variadic), num(J, 4, F.Defined), num(J, 5, F.NumParams);
    const json &Vars = at(J, 6), &Blocks = at(J, 7);
    F.Vars.resize(Vars.is_array() ? Vars.size() : 0);
    for (size_t I = 0; I < F.Vars.size(); ++I) {
      str(Vars[I], 0, F.Vars[I].Name), str(Vars[I], 1, F.Vars[I].Type);
      str(Vars[I], 2, F.Vars[I].CleanupFn);
    }
    Bad |= F.NumParams > F.Vars.size();
    F.Blocks.resize(Blocks.is_array() ? Blocks.size() : 0);
    for (size_t I = 0; I < F.Blocks.size() && !Bad; ++I) {
      const json &Insts = at(Blocks[I], 0);
      F.Blocks[I].Insts.resize(Insts.is_array() ? Insts.size() : 0);
      for (size_t K = 0; K < F.Blocks[I].Insts.size(); ++K)
        read(Insts[K], F.Blocks[I].Insts[K]);
      read(at(Blocks[I], 1), F.Blocks[I].Term, F.Blocks.size());
    }
    loc(at(J, 8), F.Where);
    for (size_t I = 9; I < J.size() && !Bad; ++I)
      read(J[I], F.Stmts.emplace_back());
  }
  void read(const json &J, Stmt &S) {
    unsigned Flags = 0;
    num(J, 0, S.Begin), num(J, 1, S.Indent), num(J, 2, S.End);
    num(J, 3, S.Parent), num(J, 4, S.Brace), num(J, 5, Flags);
    S.Alone = Flags & 1, S.Labelled = Flags & 2, S.Needed = Flags & 4;
  }
  void read(const json &J, Global &G) {
    str(J, 0, G.Name), str(J, 1, G.Type), str(J, 2, G.Record);
    num(J, 3, G.Static);
    const json &Init = at(J, 4);
    G.Init.resize(Init.is_array() ? Init.size() : 0);
    for (size_t I = 0; I < G.Init.size(); ++I) {
      str(Init[I], 0, G.Init[I].Path), expr(Init[I], 1, G.Init[I].Value);
      loc(at(Init[I], 2), G.Init[I].Where);
    }
    loc(at(J, 5), G.Where);
  }
  template <typename T> void readAll(const json &J, std::vector<T> &Out) {
    Bad |= !J.is_array();
    Out.assign(Bad ? 0 : J.size(), T());
    for (size_t I = 0; I < Out.size() && !Bad; ++I)
      read(J[I], Out[I]);
  }
  size_t NumExprs = 0;

private:
  Unit &U;
};
} // namespace

static llvm::Error wrong(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "not usable as facts: " + Why);
}

llvm::Expected<Unit> netdev::ir::load(llvm::StringRef Bytes) {
  if (Bytes.empty())
    return wrong("the file is empty");
  json J = Bytes[0] == '{'
               ? json::parse(Bytes.begin(), Bytes.end(), nullptr, false)
               : json::from_cbor(Bytes.begin(), Bytes.end(), true, false);
  if (J.is_discarded() || !J.is_object())
    return wrong("damaged or cut short");
  auto Version = J.find("netdev-lint-facts");
  if (Version == J.end() || !Version->is_number_unsigned())
    return wrong("not written by netdev-lint");
  if (Version->get<unsigned>() != FactsVersion)
    return wrong("version " + llvm::Twine(Version->get<unsigned>()) +
                 ", this netdev-lint reads version " +
                 llvm::Twine(FactsVersion));
  for (const char *Key : {"file", "kernel", "init", "exit", "strings", "exprs",
                          "functions", "elsewhere", "globals"})
    if (!J.contains(Key))
      return wrong(llvm::Twine("no member '") + Key + "'");

  Unit U;
  Reader R(U);
  R.Bad = !J["file"].is_string() || !J["strings"].is_array() ||
          !J["exprs"].is_array() || J["strings"].empty() ||
          J["exprs"].empty() || !J["kernel"].is_number_unsigned();
  if (R.Bad)
    return wrong("damaged");
  U.File = J["file"].get<std::string>();
  U.Kernel = J["kernel"].get<uint32_t>();
  U.Strings.clear();
  for (const json &S : J["strings"]) {
    R.Bad |= !S.is_string();
    U.Strings.push_back(S.is_string() ? S.get<std::string>() : "");
  }
  json Ends = json::array({J["init"], J["exit"]});
  R.str(Ends, 0, U.ModuleInit), R.str(Ends, 1, U.ModuleExit);
  R.NumExprs = J["exprs"].size();
  R.readAll(J["exprs"], U.Exprs);
  // Operands come before their users: what makes every walk over them end.
  for (ExprId I = 1; I < U.Exprs.size(); ++I)
    R.Bad |= U.Exprs[I].A >= I || U.Exprs[I].B >= I;
  R.readAll(J["functions"], U.Functions);
  R.readAll(J["globals"], U.Globals);
  U.Elsewhere.resize(J["elsewhere"].is_array() ? J["elsewhere"].size() : 0);
  for (size_t I = 0; I < U.Elsewhere.size(); ++I)
    R.str(J["elsewhere"], I, U.Elsewhere[I]);
  if (R.Bad)
    return wrong("damaged");
  return U;
}
