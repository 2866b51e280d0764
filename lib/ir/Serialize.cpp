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

std::string netdev::ir::store(const Unit &U) {
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
  return J.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

namespace {
/// Reads values out of a parsed file; the first one of another type ends it.
/// What ids lead to is for isSound() to say.
class Reader {
public:
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
  void read(const json &J, Loc &L) {
    num(J, 0, L.File), num(J, 1, L.Line), num(J, 2, L.Col);
    num(J, 3, L.Offset), num(J, 4, L.EndLine), num(J, 5, L.EndCol);
    num(J, 6, L.EndOffset);
  }
  void read(const json &J, Expr &E) {
    num(J, 0, E.Kind), num(J, 1, E.Name), num(J, 2, E.Record);
    num(J, 3, E.Type), num(J, 4, E.Op), num(J, 5, E.A), num(J, 6, E.B);
    num(J, 7, E.Int);
  }
  void read(const json &J, Inst &I) {
    num(J, 0, I.Kind), num(J, 1, I.Cleanup), num(J, 2, I.Init);
    num(J, 3, I.Dst), num(J, 4, I.Value), num(J, 5, I.Callee);
    num(J, 6, I.Target), readIds(at(J, 7), I.Args);
    num(J, 8, I.Temp), num(J, 9, I.Macro), num(J, 10, I.Type);
    read(at(J, 11), I.Where);
  }
  void read(const json &J, SwitchCase &C) {
    num(J, 0, C.Lo), num(J, 1, C.Hi), num(J, 2, C.Succ);
  }
  void read(const json &J, Terminator &T) {
    num(J, 0, T.Kind), num(J, 1, T.Cond), num(J, 2, T.Succ), num(J, 3, T.Else);
    readAll(at(J, 4), T.Cases), read(at(J, 5), T.Where);
  }
  void read(const json &J, Block &B) {
    readAll(at(J, 0), B.Insts), read(at(J, 1), B.Term);
  }
  void read(const json &J, Var &V) {
    num(J, 0, V.Name), num(J, 1, V.Type), num(J, 2, V.CleanupFn);
  }
  void read(const json &J, Function &F) {
    num(J, 0, F.Name), num(J, 1, F.ReturnType), num(J, 2, F.Static);
    num(J, 3, F.Variadic), num(J, 4, F.Defined), num(J, 5, F.NumParams);
    readAll(at(J, 6), F.Vars), readAll(at(J, 7), F.Blocks);
    read(at(J, 8), F.Where);
    for (size_t I = 9; I < J.size() && !Bad; ++I)
      read(J[I], F.Stmts.emplace_back());
  }
  void read(const json &J, Stmt &S) {
    unsigned Flags = 0;
    num(J, 0, S.Begin), num(J, 1, S.Indent), num(J, 2, S.End);
    num(J, 3, S.Parent), num(J, 4, S.Brace), num(J, 5, Flags);
    S.Alone = Flags & 1, S.Labelled = Flags & 2, S.Needed = Flags & 4;
  }
  void read(const json &J, InitValue &V) {
    num(J, 0, V.Path), num(J, 1, V.Value), read(at(J, 2), V.Where);
  }
  void read(const json &J, Global &G) {
    num(J, 0, G.Name), num(J, 1, G.Type), num(J, 2, G.Record);
    num(J, 3, G.Static), readAll(at(J, 4), G.Init), read(at(J, 5), G.Where);
  }
  template <typename T> void readAll(const json &J, std::vector<T> &Out) {
    Bad |= !J.is_array();
    Out.assign(Bad ? 0 : J.size(), T());
    for (size_t I = 0; I < Out.size() && !Bad; ++I)
      read(J[I], Out[I]);
  }
  void readIds(const json &J, std::vector<uint32_t> &Out) {
    Bad |= !J.is_array();
    Out.resize(Bad ? 0 : J.size());
    for (size_t I = 0; I < Out.size(); ++I)
      num(J, I, Out[I]);
  }
};
} // namespace

static llvm::Error wrong(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "not usable as facts: " + Why);
}

llvm::Expected<Unit> netdev::ir::load(llvm::StringRef Text) {
  if (Text.empty())
    return wrong("the file is empty");
  json J = json::parse(Text.begin(), Text.end(), nullptr, false);
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

  if (!J["file"].is_string() || !J["strings"].is_array() ||
      !J["kernel"].is_number_unsigned())
    return wrong("damaged");
  Unit U;
  Reader R;
  U.File = J["file"].get<std::string>();
  U.Kernel = J["kernel"].get<uint32_t>();
  U.Strings.clear();
  for (const json &S : J["strings"]) {
    R.Bad |= !S.is_string();
    U.Strings.push_back(S.is_string() ? S.get<std::string>() : "");
  }
  json Ends = json::array({J["init"], J["exit"]});
  R.num(Ends, 0, U.ModuleInit), R.num(Ends, 1, U.ModuleExit);
  R.readAll(J["exprs"], U.Exprs);
  R.readAll(J["functions"], U.Functions);
  R.readAll(J["globals"], U.Globals);
  R.readIds(J["elsewhere"], U.Elsewhere);
  if (R.Bad || !isSound(U))
    return wrong("damaged");
  return U;
}
