//===- Faint.cpp - Numbers that nothing depends on --------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Counters, lengths and register values that are only ever added up, stored,
/// or given to code that is not at hand: faint variables (Nielson, Nielson and
/// Hankin, "Principles of Program Analysis", 1999, exercise 2.4), here without
/// regard to order and for members of records as well. No path depends on one.
///
//===----------------------------------------------------------------------===//

#include "engine/Program.h"
#include "model/Idioms.h"
#include "llvm/ADT/STLExtras.h"
#include <numeric>

using namespace netdev;
using ir::ExprId;
using ir::ExprKind;
using ir::InstKind;

namespace {
class Faint {
public:
  explicit Faint(Program &P) : P(P), NumNames(P.values().numNames()) {
    Node Next = NumNames;
    for (const FuncInfo &I : P.functions()) {
      Numbers.resize(std::max<size_t>(Numbers.size(), I.UnitIndex + 1));
      Numbers[I.UnitIndex].resize(I.U->Strings.size());
      FirstLocal.push_back(Next);
      Next += I.F->Vars.size();
    }
    Nowhere = Next;
    Told.resize(Nowhere + 1);
    Stored.resize(NumNames);
    for (FuncId F = 0; F < P.functions().size(); ++F)
      scan(F);
    // Where each number flows from, one behind the other.
    std::vector<uint32_t> First(Nowhere + 2);
    for (auto [To, From] : Flows)
      ++First[To + 1];
    std::partial_sum(First.begin(), First.end(), First.begin());
    std::vector<Node> Sources(Flows.size());
    std::vector<uint32_t> End(First);
    for (auto [To, From] : Flows)
      Sources[End[To]++] = From;
    while (!Work.empty()) {
      Node To = Work.pop_back_val();
      for (uint32_t I = First[To]; I != First[To + 1]; ++I)
        tell(Sources[I]);
    }
  }
  llvm::BitVector members() const {
    llvm::BitVector Out = Stored;
    Out.reset(Told); // of which the first are the members
    return Out;
  }
  llvm::BitVector locals(FuncId F) const {
    const FuncInfo &I = P.func(F);
    llvm::BitVector Out(I.F->Vars.size());
    for (uint32_t V = 0; V < Out.size(); ++V)
      if (isNumber(F, V) && !Told.test(local(F, V)))
        Out.set(V);
    return Out;
  }

private:
  /// A member by its name, then the variables of each function, then what is
  /// out of reach: where code that is not at hand keeps what it is given.
  using Node = uint32_t;
  Node local(FuncId F, int64_t Var) const { return FirstLocal[F] + Var; }

  void tell(Node N) {
    if (Told.test(N))
      return;
    Told.set(N);
    Work.push_back(N);
  }

  bool isNumber(const FuncInfo &I, ir::StrId Type) const {
    uint8_t &Known = Numbers[I.UnitIndex][Type];
    if (!Known)
      Known = ir::isNumber(I.U->text(Type)) ? 2 : 1;
    return Known == 2;
  }
  bool isNumber(FuncId F, int64_t Var) const {
    return isNumber(P.func(F), P.func(F).F->Vars[Var].Type);
  }

  /// The number at the address \p Id, if a name says which it is.
  std::optional<Node> nodeOf(FuncId F, ExprId Id) const {
    const FuncInfo &I = P.func(F);
    const ir::Expr &E = I.U->get(Id);
    if (E.Kind == ExprKind::Field && isNumber(I, E.Type) &&
        I.U->text(E.Record) != DeviceRecord)
      return P.nameOf(I.UnitIndex, E.Name);
    if (E.Kind == ExprKind::Local && isNumber(F, E.Int))
      return local(F, E.Int);
    return std::nullopt;
  }

  /// \p Id is evaluated and goes to \p To; nothing: a path may depend on it.
  void read(FuncId F, ExprId Id, std::optional<Node> To) {
    if (!Id)
      return;
    const ir::Expr &E = P.func(F).U->get(Id);
    switch (E.Kind) {
    case ExprKind::Load:
      if (std::optional<Node> N = To ? nodeOf(F, E.A) : std::nullopt) {
        Flows.push_back({*To, *N});
        return place(F, E.A);
      }
      return read(F, E.A, std::nullopt);
    case ExprKind::Unary:
    case ExprKind::Binary:
      read(F, E.A, To);
      return read(F, E.B, To);
    case ExprKind::Field:
      tell(P.nameOf(P.func(F).UnitIndex, E.Name));
      return read(F, E.A, std::nullopt);
    case ExprKind::Local:
      return tell(local(F, E.Int));
    default:
      read(F, E.A, std::nullopt);
      return read(F, E.B, std::nullopt);
    }
  }

  /// What says where the address \p Id is.
  void place(FuncId F, ExprId Id) {
    const ir::Expr &E = P.func(F).U->get(Id);
    if (E.Kind == ExprKind::Local)
      return;
    read(F, E.A, std::nullopt);
    read(F, E.B, std::nullopt);
  }

  void scan(FuncId F) {
    for (const ir::Block &B : P.func(F).F->Blocks) {
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Call)
          call(F, In);
        else if (In.Kind == InstKind::Assign && In.Temp < 0)
          store(F, In);
        else
          read(F, In.Value, std::nullopt);
      read(F, B.Term.Cond, std::nullopt);
    }
  }

  void store(FuncId F, const ir::Inst &In) {
    std::optional<Node> To = nodeOf(F, In.Dst);
    if (To && *To < NumNames)
      Stored.set(*To);
    if (To)
      place(F, In.Dst);
    else
      read(F, In.Dst, std::nullopt);
    read(F, In.Value, To);
  }

  void call(FuncId F, const ir::Inst &In) {
    read(F, In.Target, std::nullopt);
    const FuncInfo &I = P.func(F);
    FuncId Body = P.callee(I, In).Body;
    for (uint32_t A = 0; A < In.Args.size(); ++A) {
      std::optional<Node> To;
      if (Body != NoFunc && A < P.func(Body).F->NumParams && isNumber(Body, A))
        To = local(Body, A);
      else if (Body == NoFunc && In.Callee && isUnheard(I, In))
        To = Nowhere;
      read(F, In.Args[A], To);
    }
  }

  /// Nothing is known of what is called: numbers go there and are not seen
  /// again.
  bool isUnheard(const FuncInfo &I, const ir::Inst &In) const {
    const Callee &C = P.callee(I, In);
    return !C.Api && C.Objects.empty() && !C.Helper &&
           C.Step == RcuStep::None && C.Section == 0 && !C.SetsAtomic;
  }

  Program &P;
  Node NumNames, Nowhere = 0;
  std::vector<Node> FirstLocal; ///< by function
  /// By unit and the text of a type: not asked yet, no number, a number.
  mutable std::vector<std::vector<uint8_t>> Numbers;
  /// (to, from): numbers that are stored somewhere.
  std::vector<std::pair<Node, Node>> Flows;
  llvm::BitVector Told, Stored; ///< a path depends on it; a member is stored to
  llvm::SmallVector<Node, 64> Work;
};
} // namespace

void Program::findFaint() {
  // Its members are those that are named so far.
  for (uint32_t UI = 0; UI < Units.size(); ++UI)
    for (const ir::Expr &E : Units[UI]->Exprs)
      if (E.Kind == ExprKind::Field)
        nameOf(UI, E.Name);
  Faint Found(*this);
  FaintMembers = Found.members();
  for (FuncId F = 0; F < Funcs.size(); ++F)
    Funcs[F].Faint = Found.locals(F);
}
