//===- IR.cpp - Facts of one translation unit -------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/IR.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace netdev::ir;

StrId Unit::str(llvm::StringRef S) {
  if (StrIndex.empty())
    for (StrId I = 0; I < Strings.size(); ++I)
      StrIndex[Strings[I]] = I;
  auto [It, New] = StrIndex.try_emplace(S, Strings.size());
  if (New)
    Strings.push_back(S.str());
  return It->second;
}

/// Used within one process only; the order of ids never depends on it.
static uint64_t hashOf(const Expr &E) {
  return uint64_t(llvm::hash_combine(uint8_t(E.Kind), E.Name, E.Record, E.Type,
                                     E.Op, E.A, E.B, E.Int)) >>
         2;
}

ExprId Unit::expr(const Expr &E) {
  if (ExprIndex.empty())
    for (ExprId I = 0; I < Exprs.size(); ++I)
      ExprIndex[hashOf(Exprs[I])].push_back(I);
  std::vector<ExprId> &Bucket = ExprIndex[hashOf(E)];
  for (ExprId I : Bucket)
    if (Exprs[I] == E)
      return I;
  Bucket.push_back(Exprs.size());
  Exprs.push_back(E);
  return Exprs.size() - 1;
}

namespace {
/// What the ids of a unit are held against.
struct Limits {
  const Unit &U;

  bool str(StrId I) const { return I < U.Strings.size(); }
  bool expr(ExprId I) const { return I < U.Exprs.size(); }
  bool sound(const Loc &L) const { return str(L.File); }
  bool sound(const Inst &I) const {
    return I.Kind <= InstKind::Eval && expr(I.Dst) && expr(I.Value) &&
           str(I.Callee) && expr(I.Target) && str(I.Macro) && str(I.Type) &&
           llvm::all_of(I.Args, [&](ExprId A) { return expr(A); }) &&
           sound(I.Where);
  }
  bool sound(const Terminator &T, size_t Blocks) const {
    return T.Kind <= TermKind::Unreachable && expr(T.Cond) && T.Succ < Blocks &&
           T.Else < Blocks && sound(T.Where) &&
           llvm::all_of(
               T.Cases, [&](const SwitchCase &C) { return C.Succ < Blocks; });
  }
  bool sound(const Function &F) const {
    return str(F.Name) && str(F.ReturnType) && F.NumParams <= F.Vars.size() &&
           llvm::all_of(F.Vars,
                        [&](const Var &V) {
                          return str(V.Name) && str(V.Type) && str(V.CleanupFn);
                        }) &&
           llvm::all_of(F.Blocks,
                        [&](const Block &B) {
                          return sound(B.Term, F.Blocks.size()) &&
                                 llvm::all_of(B.Insts, [&](const Inst &I) {
                                   return sound(I);
                                 });
                        }) &&
           sound(F.Where);
  }
  bool sound(const Global &G) const {
    return str(G.Name) && str(G.Type) && str(G.Record) && sound(G.Where) &&
           llvm::all_of(G.Init, [&](const InitValue &V) {
             return str(V.Path) && expr(V.Value) && sound(V.Where);
           });
  }
};
} // namespace

bool netdev::ir::isSound(const Unit &U) {
  Limits L{U};
  if (U.Strings.empty() || U.Exprs.empty() || !L.str(U.ModuleInit) ||
      !L.str(U.ModuleExit))
    return false;
  for (ExprId I = 0; I < U.Exprs.size(); ++I) {
    const Expr &E = U.Exprs[I];
    if (E.Kind > ExprKind::ContainerOf || !L.str(E.Name) || !L.str(E.Record) ||
        !L.str(E.Type) || !L.str(E.Op) ||
        (I ? E.A >= I || E.B >= I : E.A || E.B))
      return false;
  }
  return llvm::all_of(U.Functions,
                      [&](const Function &F) { return L.sound(F); }) &&
         llvm::all_of(U.Globals, [&](const Global &G) { return L.sound(G); }) &&
         llvm::all_of(U.Elsewhere, [&](StrId S) { return L.str(S); });
}

/// The member chain at the end of address \p E, without a leading `&`.
static std::string placeToC(const Unit &U, const Function *F, ExprId Id) {
  const Expr &E = U.get(Id);
  switch (E.Kind) {
  case ExprKind::Local:
    return F && E.Int >= 0 && size_t(E.Int) < F->Vars.size()
               ? U.Strings[F->Vars[E.Int].Name]
               : "local" + std::to_string(E.Int);
  case ExprKind::Global:
    return U.Strings[E.Name];
  case ExprKind::Field: {
    const Expr &A = U.get(E.A);
    if (A.Kind == ExprKind::Field || A.Kind == ExprKind::Local ||
        A.Kind == ExprKind::Global || A.Kind == ExprKind::Index)
      return placeToC(U, F, E.A) + "." + U.Strings[E.Name];
    return toC(U, F, E.A) + "->" + U.Strings[E.Name];
  }
  case ExprKind::Index: {
    const Expr &A = U.get(E.A);
    std::string Base =
        A.Kind == ExprKind::Load ? toC(U, F, E.A) : placeToC(U, F, E.A);
    return Base + "[" + toC(U, F, E.B) + "]";
  }
  default:
    return "*" + toC(U, F, Id);
  }
}

std::string netdev::ir::toC(const Unit &U, const Function *F, ExprId Id) {
  const Expr &E = U.get(Id);
  switch (E.Kind) {
  case ExprKind::Unknown:
    return "?";
  case ExprKind::Int:
    return std::to_string(E.Int);
  case ExprKind::Str:
    return "\"" + U.Strings[E.Name] + "\"";
  case ExprKind::Func:
    return U.Strings[E.Name];
  case ExprKind::Local:
  case ExprKind::Global:
  case ExprKind::Field:
  case ExprKind::Index:
    return "&" + placeToC(U, F, Id);
  case ExprKind::Load:
    return placeToC(U, F, E.A);
  case ExprKind::Temp:
    return "%" + std::to_string(E.Int);
  case ExprKind::Unary:
    return U.Strings[E.Op] + toC(U, F, E.A);
  case ExprKind::Binary:
    return "(" + toC(U, F, E.A) + " " + U.Strings[E.Op] + " " + toC(U, F, E.B) +
           ")";
  case ExprKind::ContainerOf:
    return "container_of(" + toC(U, F, E.A) + ", " + U.Strings[E.Record] +
           ", " + U.Strings[E.Name] + ")";
  }
  return "?";
}

static std::string place(const Unit &U, const Loc &L) {
  return L.Line ? "  ; " + std::to_string(L.Line) + ":" + std::to_string(L.Col)
                : std::string();
}

static void dumpInst(const Unit &U, const Function &F, const Inst &I,
                     std::string &Out) {
  Out += "    ";
  if (I.Temp >= 0)
    Out += "%" + std::to_string(I.Temp) + " = ";
  switch (I.Kind) {
  case InstKind::Assign:
    if (I.Temp < 0)
      Out += "*" + toC(U, &F, I.Dst) + " = ";
    Out += toC(U, &F, I.Value);
    break;
  case InstKind::Eval:
    Out += "eval " + toC(U, &F, I.Value);
    break;
  case InstKind::Call: {
    Out += I.Cleanup ? "cleanup " : "call ";
    Out += I.Callee ? U.Strings[I.Callee] : "*" + toC(U, &F, I.Target);
    Out += "(";
    for (size_t A = 0; A < I.Args.size(); ++A)
      Out += (A ? ", " : "") + toC(U, &F, I.Args[A]);
    Out += ")";
    break;
  }
  }
  if (I.Macro)
    Out += "  <" + U.Strings[I.Macro] + ">";
  Out += place(U, I.Where) + "\n";
}

static void dumpTerm(const Unit &U, const Function &F, const Terminator &T,
                     std::string &Out) {
  switch (T.Kind) {
  case TermKind::Jump:
    Out += "    jump " + std::to_string(T.Succ);
    break;
  case TermKind::Branch:
    Out += "    if " + toC(U, &F, T.Cond) + " then " + std::to_string(T.Succ) +
           " else " + std::to_string(T.Else);
    break;
  case TermKind::Switch:
    Out += "    switch " + toC(U, &F, T.Cond);
    for (const SwitchCase &C : T.Cases)
      Out += " " + std::to_string(C.Lo) +
             (C.Hi != C.Lo ? ".." + std::to_string(C.Hi) : "") + ":" +
             std::to_string(C.Succ);
    Out += " default:" + std::to_string(T.Succ);
    break;
  case TermKind::Return:
    Out += "    return " + (T.Cond ? toC(U, &F, T.Cond) : std::string());
    break;
  case TermKind::Unreachable:
    Out += "    unreachable";
    break;
  }
  Out += place(U, T.Where) + "\n";
}

bool netdev::ir::mentions(const Unit &U, ExprId Id, int64_t Temp) {
  if (!Id)
    return false;
  const Expr &X = U.get(Id);
  return (X.Kind == ExprKind::Temp && X.Int == Temp) ||
         mentions(U, X.A, Temp) || mentions(U, X.B, Temp);
}

bool netdev::ir::isNumber(llvm::StringRef Type) {
  return (Type.consume_front("i") || Type.consume_front("u")) &&
         !Type.empty() &&
         Type.find_first_not_of("0123456789") == llvm::StringRef::npos;
}

llvm::SmallVector<uint32_t, 2> netdev::ir::successors(const Terminator &T) {
  llvm::SmallVector<uint32_t, 2> Out;
  eachSuccessor(T, [&](uint32_t To) { Out.push_back(To); });
  return Out;
}

bool netdev::ir::mayReach(const Function &F, uint32_t From, uint32_t To,
                          llvm::function_ref<bool(uint32_t, uint32_t)> Cut) {
  std::vector<bool> Seen(F.Blocks.size());
  std::vector<uint32_t> Work{From};
  while (!Work.empty()) {
    uint32_t B = Work.back();
    Work.pop_back();
    for (uint32_t N : successors(F.Blocks[B].Term)) {
      if (Seen[N] || Cut(B, N))
        continue;
      if (N == To)
        return true;
      Seen[N] = true;
      Work.push_back(N);
    }
  }
  return false;
}

bool netdev::ir::mayReach(const Function &F, uint32_t From, uint32_t To) {
  return mayReach(F, From, To, [](uint32_t, uint32_t) { return false; });
}

bool netdev::ir::isReached(const Function &F, uint32_t To,
                           llvm::function_ref<bool(uint32_t, uint32_t)> Cut) {
  return To == 0 || mayReach(F, 0, To, Cut);
}

bool netdev::ir::decides(const Function &F, uint32_t B, uint32_t To) {
  // test_bit() is a choice of two calls, whose results meet before the branch.
  for (unsigned Hops = 0; Hops < 8; ++Hops)
    if (F.Blocks[B].Term.Kind == TermKind::Jump)
      B = F.Blocks[B].Term.Succ;
  const Terminator &T = F.Blocks[B].Term;
  if (T.Kind != TermKind::Branch)
    return T.Kind == TermKind::Switch;
  auto Reaches = [&](uint32_t From) {
    return From == To ||
           (From != B && mayReach(F, From, To, [&](uint32_t, uint32_t N) {
              return N == B;
            }));
  };
  return Reaches(T.Succ) != Reaches(T.Else);
}

std::string netdev::ir::dump(const Unit &U) {
  std::string Out = "unit " + U.File + "\n";
  for (const Global &G : U.Globals) {
    Out += "global " + U.Strings[G.Name] + " : " + U.Strings[G.Type] + "\n";
    for (const InitValue &V : G.Init)
      Out +=
          "  ." + U.Strings[V.Path] + " = " + toC(U, nullptr, V.Value) + "\n";
  }
  for (const Function &F : U.Functions) {
    Out += std::string(F.Static ? "static " : "") + "function " +
           U.Strings[F.Name] + "(";
    for (uint32_t I = 0; I < F.NumParams; ++I)
      Out += (I ? ", " : "") + U.Strings[F.Vars[I].Type] + " " +
             U.Strings[F.Vars[I].Name];
    Out += ") : " + U.Strings[F.ReturnType] + "\n";
    for (size_t B = 0; B < F.Blocks.size(); ++B) {
      Out += "  " + std::to_string(B) + ":\n";
      for (const Inst &I : F.Blocks[B].Insts)
        dumpInst(U, F, I, Out);
      dumpTerm(U, F, F.Blocks[B].Term, Out);
    }
  }
  return Out;
}
