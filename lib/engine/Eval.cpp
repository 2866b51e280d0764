//===- Eval.cpp - Expressions and branches in a state -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"
#include "model/Idioms.h"

using namespace netdev;
using ir::ExprKind;
using ir::TermKind;

/// The path of \p Addr below its global, as the tables write it.
static std::string pathBelow(const ValueTable &T, ValId Addr, NameId &Global) {
  std::string Path;
  while (true) {
    const Val &V = T.get(Addr);
    if (V.Kind == ValKind::Global) {
      Global = V.Name;
      return Path;
    }
    if (V.Kind == ValKind::Field)
      Path = T.text(V.Name).str() +
             (Path.empty() || Path[0] == '[' ? "" : ".") + Path;
    else if (V.Kind == ValKind::Elem && T.get(V.B).Kind == ValKind::Int)
      Path = "[" + std::to_string(T.get(V.B).Num) + "]" +
             (Path.empty() || Path[0] == '[' ? "" : ".") + Path;
    else
      return "";
    Addr = V.A;
  }
}

ValId Engine::initialValue(ValId Addr) {
  // An empty list does not stay empty: list_add() is in a header.
  const Val &A = T.get(Addr);
  if (A.Kind == ValKind::Field && isListRecord(T.text(A.Rec)))
    return 0;
  if (T.get(T.root(Addr)).Kind != ValKind::Global)
    return 0;
  NameId Global = 0;
  std::string Path = pathBelow(T, Addr, Global);
  return Global && !Path.empty() ? P.initial(Global, Path) : 0;
}

ValId Engine::loadFrom(const Point &At, ValId Addr, State &S, bool Tell) {
  if (!Addr)
    return 0;
  if (Tell) {
    useOf(At, Addr, S);
    dereferenced(Addr, S);
  }
  if (const uint32_t *V = S.Store.lookup(Addr))
    return *V;
  const Val &A = T.get(Addr);
  if (A.Kind == ValKind::Global && T.text(A.Name) == MachineState)
    return T.number(MachineRunning);
  if (A.Kind == ValKind::Field && A.Rec == DeviceRec &&
      deviceField(T.text(A.Name)) == DevField::RegState) {
    auto D = S.Devs.find(A.A);
    if (D != S.Devs.end())
      switch (D->second.At) {
      case Life::Alloc:
        return T.number(NetregUninitialized);
      case Life::Reg:
      case Life::Queued:
        return T.number(NetregRegistered);
      case Life::Unregistering:
        return T.number(NetregUnregistering);
      case Life::Unreg:
        return T.number(NetregUnregistered);
      case Life::Dummy:
        return T.number(NetregDummy);
      case Life::RegFailed: // catalogue A.4: any but registered
      case Life::Freed:
      case Life::CoreFreed:
        break;
      }
  }
  if (ValId V = initialValue(Addr))
    return V;
  if (A.Kind == ValKind::Field && A.Rec == DeviceRec &&
      deviceField(T.text(A.Name)) == DevField::RegState)
    for (const auto &[Dev, D] : S.Devs)
      if (D.From != Origin::Param || D.At == Life::RegFailed)
        S.Certain = false; // this may be the same device by another name
  // alloc_netdev() hands out zeroed memory: a flag nobody set is not set.
  auto Owner = S.Devs.find(T.root(Addr));
  if (Owner != S.Devs.end() && Owner->second.From != Origin::Param &&
      Owner->second.From != Origin::LinkOps) {
    NameId Member = A.Kind == ValKind::Field ? A.Name : 0;
    bool Ours = Member &&
                (Owner->second.Opaque ? P.isFlag(Member) : P.isWritten(Member));
    if (Ours && !(S.Later && WrittenLater.contains(Member)))
      return T.number(0);
  }
  if (A.Kind == ValKind::Field && P.isFlag(A.Name) &&
      Zeroed.count(T.root(Addr)) && !(S.Later && WrittenLater.contains(A.Name)))
    return T.number(0);
  return T.init(Addr);
}

ValId Engine::value(const Point &At, ir::ExprId E, const State &S) {
  State Copy = S;
  return eval(At, E, Copy, /*Tell=*/false);
}

/// Folds what is known without a state.
ValId Engine::fold(llvm::StringRef Op, ValId A, ValId B) {
  const Val &X = T.get(A), &Y = T.get(B);
  if (X.Kind != ValKind::Int || Y.Kind != ValKind::Int)
    return 0;
  int64_t L = X.Num, R = Y.Num;
  if (Op == "==")
    return T.number(L == R);
  if (Op == "!=")
    return T.number(L != R);
  if (Op == "<")
    return T.number(L < R);
  if (Op == ">")
    return T.number(L > R);
  if (Op == "<=")
    return T.number(L <= R);
  if (Op == ">=")
    return T.number(L >= R);
  if (Op == "&&")
    return T.number(L && R);
  if (Op == "||")
    return T.number(L || R);
  if (Op == "&")
    return T.number(L & R);
  if (Op == "|")
    return T.number(L | R);
  // Unsigned: a counter may wrap in the source as well.
  if (Op == "+")
    return T.number(int64_t(uint64_t(L) + uint64_t(R)));
  if (Op == "-")
    return T.number(int64_t(uint64_t(L) - uint64_t(R)));
  return 0;
}

ValId Engine::eval(const Point &At, ir::ExprId Id, State &S, bool Tell) {
  const FuncInfo &F = P.func(At.Func);
  const ir::Expr &E = F.U->get(Id);
  auto Name = [&](ir::StrId N) { return P.nameOf(F.UnitIndex, N); };
  switch (E.Kind) {
  case ExprKind::Unknown:
    return 0;
  case ExprKind::Int:
    return T.number(E.Int);
  case ExprKind::Str:
    return T.named(ValKind::Str, Name(E.Name));
  case ExprKind::Func:
    return T.named(ValKind::Func, Name(E.Name));
  case ExprKind::Local:
    return T.local(At.Ctx, E.Int);
  case ExprKind::Global:
    return T.named(ValKind::Global, Name(E.Name));
  case ExprKind::Field:
    return T.field(eval(At, E.A, S, Tell), Name(E.Name), Name(E.Record));
  case ExprKind::Index: {
    ValId Base = eval(At, E.A, S, Tell), Idx = eval(At, E.B, S, Tell);
    const ir::Expr &I = F.U->get(E.B);
    // p[0] of a pointer is *p.
    if (I.Kind == ExprKind::Int && I.Int == 0 &&
        F.U->get(E.A).Kind == ExprKind::Load)
      return Base;
    // The element a variable stands at, whatever its number: a loop's body
    // means the same one throughout, and another when the variable moves.
    if (I.Kind == ExprKind::Load && F.U->get(I.A).Kind == ExprKind::Local)
      Idx = T.local(At.Ctx, F.U->get(I.A).Int);
    return T.elem(Base, Idx);
  }
  case ExprKind::Load:
    return loadFrom(At, eval(At, E.A, S, Tell), S, Tell);
  case ExprKind::Temp:
    return temp(At, E.Int, S);
  case ExprKind::Unary: {
    ValId A = eval(At, E.A, S, Tell);
    llvm::StringRef Op = F.U->text(E.Op);
    if (T.get(A).Kind == ValKind::Int) {
      int64_t N = T.get(A).Num;
      return T.number(Op == "!"   ? !N
                      : Op == "-" ? int64_t(0 - uint64_t(N))
                                  : ~N);
    }
    if (Op == "!" && T.get(A).Kind == ValKind::Unary &&
        T.text(T.get(A).Name) == "!") {
      const Val &Inner = T.get(T.get(A).A);
      if (Inner.Kind == ValKind::Unary || Inner.Kind == ValKind::Binary)
        return T.get(A).A;
    }
    return T.unary(Name(E.Op), A);
  }
  case ExprKind::Binary: {
    ValId A = eval(At, E.A, S, Tell), B = eval(At, E.B, S, Tell);
    if (ValId V = fold(F.U->text(E.Op), A, B))
      return V;
    return T.binary(Name(E.Op), A, B);
  }
  case ExprKind::ContainerOf:
    return T.outer(eval(At, E.A, S, Tell), Name(E.Name), Name(E.Record));
  }
  return 0;
}

/// Signed results of unseen code of which nothing is known yet, and which the
/// function returns somewhere.
std::vector<ValId> Engine::untested(const Point &At, const State &S) {
  const FuncInfo &F = P.func(At.Func);
  std::vector<ValId> Out;
  for (int64_t Var : F.OutcomeVars) {
    ValId V = valueAt(S, T, T.local(At.Ctx, Var));
    const Val &X = T.get(V);
    bool Result = X.Kind == ValKind::Fresh && !X.Name && X.Num >= 0;
    if (Result && F.U->text(F.F->Vars[Var].Type).starts_with("i") &&
        rangeOf(S, T, V).Signs == Range::Any)
      Out.push_back(V);
  }
  return Out;
}

/// `err = f(); if (err) return err;`: what is not 0 is taken for an error,
/// which is below 0, as the function's own callers will test it.
void Engine::takeAsErrors(llvm::ArrayRef<ValId> Results, State &S) {
  for (ValId V : Results)
    if (rangeOf(S, T, V).Signs == (Range::Neg | Range::Pos))
      setFact(V, Range{Range::Neg, false, 0}, S);
}

static bool failedLate(const State &S) {
  for (const auto &D : S.Devs)
    if (D.second.Failed == RegFail::Late)
      return true;
  return false;
}

/// What a condition tests: `p`, `!p`, `p == NULL` are about p.
ValId Engine::guardOf(ValId C) {
  while (T.get(C).Kind == ValKind::Unary ||
         (T.get(C).Kind == ValKind::Binary &&
          T.get(T.get(C).B).Kind == ValKind::Int))
    C = T.get(C).A;
  return C ? C : T.number(0);
}

void Engine::branch(const Point &At, const ir::Terminator &Term, State &&S,
                    llvm::function_ref<void(uint32_t, State &&)> Go) {
  switch (Term.Kind) {
  case TermKind::Jump:
    Go(Term.Succ, std::move(S));
    break;
  case TermKind::Branch: {
    ValId C = eval(At, Term.Cond, S);
    State Else = S;
    std::vector<ValId> Results = untested(At, S);
    bool Then = assume(C, true, S), Other = assume(C, false, Else);
    if (Then && Other && failedLate(S)) {
      ValId G = guardOf(C), Outer = S.Guard ? S.Guard : T.number(0);
      S.Guard = T.binary(T.name("then"), Outer, G);
      Else.Guard = T.binary(T.name("else"), Outer, G);
    }
    if (Then) {
      takeAsErrors(Results, S);
      Go(Term.Succ, std::move(S));
    }
    if (Other) {
      takeAsErrors(Results, Else);
      Go(Term.Else, std::move(Else));
    }
    break;
  }
  case TermKind::Switch: {
    ValId C = eval(At, Term.Cond, S);
    for (const ir::SwitchCase &Case : Term.Cases) {
      State St = S;
      if (Term.Cond && Case.Lo != Case.Hi) {
        // case -4095 ... -1: the range leaves a sign, seldom a number.
        uint8_t Signs = (Case.Lo < 0 ? Range::Neg : 0) |
                        (Case.Lo <= 0 && Case.Hi >= 0 ? Range::Zero : 0) |
                        (Case.Hi > 0 ? Range::Pos : 0);
        if (narrow(C, Range{Signs, false, 0}, St))
          Go(Case.Succ, std::move(St));
        continue;
      }
      if (!Term.Cond || compare(Cmp::Eq, C, T.number(Case.Lo), St))
        Go(Case.Succ, std::move(St));
    }
    Range R = rangeOf(S, T, C);
    bool Taken = false;
    if (R.Exact && Term.Cond)
      for (const ir::SwitchCase &Case : Term.Cases)
        Taken |= R.Num >= Case.Lo && R.Num <= Case.Hi;
    if (!Taken)
      Go(Term.Succ, std::move(S));
    break;
  }
  case TermKind::Return:
  case TermKind::Unreachable:
    break;
  }
}
