//===- Summary.cpp - What a function may do, without a state ----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Program.h"
#include "engine/State.h"
#include "model/Idioms.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

NameId Program::bitName(NameId Member, int64_t Bit) {
  return T.name(T.text(Member).str() + "#" + std::to_string(Bit));
}

/// Worth executing for its result: what it compares, or hands on.
bool Program::isSmallHelper(const FuncInfo &I) const {
  const ir::Unit &U = *I.U;
  if (I.F->Blocks.size() > 3 || U.text(I.F->ReturnType) == "void")
    return false;
  size_t Insts = 0;
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts) {
      ++Insts;
      if (In.Kind != InstKind::Call)
        continue;
      const Callee &Called = callee(I, In);
      if (Called.Helper ||
          (Called.Api && Called.Api->Does == Role::PrivAccessor))
        continue;
      FuncId C = Called.Body;
      if (C == NoFunc || !Funcs[C].Small)
        return false;
    }
  return Insts <= 6;
}

/// A lock wrapper: executed wherever it is called, for what it leaves behind.
bool Program::wrapsSection(const FuncInfo &I) const {
  bool Begins = false, Ends = false;
  for (const ir::Inst *In : I.Calls) {
    int Section = callee(I, *In).Section;
    Begins |= Section > 0;
    Ends |= Section < 0;
  }
  return Begins != Ends;
}

/// The parameter, of the first 64 of \p I, that \p Id is; -1 if it is none.
static int64_t parameterIn(const FuncInfo &I, ir::ExprId Id) {
  const ir::Expr &E = I.U->get(Id);
  if (E.Kind != ExprKind::Load || I.U->get(E.A).Kind != ExprKind::Local)
    return -1;
  int64_t Var = I.U->get(E.A).Int;
  return Var < I.F->NumParams && Var < 64 ? Var : -1;
}

/// Of an expression: bit I if it dereferences variable I when it is evaluated,
/// and when what it gives is dereferenced too.
namespace {
struct Derefs {
  uint64_t Evaluated = 0, Loaded = 0;
};
} // namespace

/// The same of all expressions of \p U: operands come before their users.
static std::vector<Derefs> derefsIn(const ir::Unit &U) {
  std::vector<Derefs> Out(U.Exprs.size());
  for (size_t Id = 0; Id != Out.size(); ++Id) {
    const ir::Expr &E = U.Exprs[Id];
    const Derefs &A = Out[E.A], &B = Out[E.B];
    switch (E.Kind) {
    case ExprKind::Field:
      Out[Id] = A;
      break;
    case ExprKind::Index:
      Out[Id] = {A.Evaluated | B.Evaluated, A.Loaded | B.Evaluated};
      break;
    case ExprKind::Load:
      if (const ir::Expr &Var = U.get(E.A); Var.Kind != ExprKind::Local)
        Out[Id] = {A.Loaded, A.Loaded};
      else if (Var.Int < 64)
        Out[Id] = {0, uint64_t(1) << Var.Int};
      break;
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::ContainerOf:
      Out[Id].Evaluated = Out[Id].Loaded = A.Evaluated | B.Evaluated;
      break;
    default:
      break;
    }
  }
  return Out;
}

/// The bits of the parameters of \p F.
static uint64_t parameters(const ir::Function &F) {
  return F.NumParams < 64 ? (uint64_t(1) << F.NumParams) - 1 : ~uint64_t(0);
}

/// Where a function sets its results of calls and its variables, if it returns
/// something.
class netdev::Setters {
public:
  explicit Setters(const FuncInfo &I) {
    if (I.U->text(I.F->ReturnType) == "void")
      return;
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Temp >= 0)
          All.push_back({-1 - In.Temp, &In});
        else if (In.Kind == InstKind::Assign &&
                 I.U->get(In.Dst).Kind == ExprKind::Local)
          All.push_back({In.Dst, &In});
    llvm::sort(All, llvm::less_first());
  }
  /// Calls \p Do with each that sets the result \p Temp.
  template <typename Fn> void eachOfTemp(int64_t Temp, const Fn &Do) const {
    each(-1 - Temp, Do);
  }
  /// Calls \p Do with each that sets the variable at \p Place.
  template <typename Fn>
  void eachOfPlace(ir::ExprId Place, const Fn &Do) const {
    each(Place, Do);
  }

private:
  std::vector<std::pair<int64_t, const ir::Inst *>> All;
  template <typename Fn> void each(int64_t Key, const Fn &Do) const {
    auto It = llvm::partition_point(
        All, [&](const auto &Each) { return Each.first < Key; });
    for (; It != All.end() && It->first == Key; ++It)
      Do(*It->second);
  }
};

uint8_t Program::signsOf(const FuncInfo &I, ir::ExprId Id, const Setters &Set,
                         unsigned Depth) {
  const ir::Unit &U = *I.U;
  const ir::Expr &E = U.get(Id);
  switch (E.Kind) {
  case ExprKind::Int:
    return Range::number(E.Int).Signs;
  case ExprKind::Str:
  case ExprKind::Func:
  case ExprKind::Global:
  case ExprKind::Local:
  case ExprKind::Field:
    return Range::Pos;
  case ExprKind::Unary:
    return U.text(E.Op) == "!" ? Range::Zero | Range::Pos : Range::Any;
  case ExprKind::Binary: {
    llvm::StringRef Op = U.text(E.Op);
    bool Test = Op == "==" || Op == "!=" || Op == "<" || Op == ">" ||
                Op == "<=" || Op == ">=" || Op == "&&" || Op == "||";
    return Test ? Range::Zero | Range::Pos : Range::Any;
  }
  case ExprKind::Temp:
  case ExprKind::Load: {
    // Everything ever assigned to the variable, in any order.
    if (Depth > 3)
      return Range::Any;
    int64_t Var = E.Kind == ExprKind::Load && U.get(E.A).Kind == ExprKind::Local
                      ? U.get(E.A).Int
                      : -1;
    if (E.Kind == ExprKind::Load && (Var < 0 || Var < int64_t(I.F->NumParams)))
      return Range::Any;
    // Its address is given away.
    if (E.Kind == ExprKind::Load &&
        llvm::any_of(I.Calls, [&](const ir::Inst *In) {
          return llvm::is_contained(In->Args, E.A);
        }))
      return Range::Any;
    uint8_t S = 0;
    auto Add = [&](const ir::Inst &In) {
      FuncId C = In.Kind == InstKind::Call ? callee(I, In).Body : NoFunc;
      S |= In.Kind == InstKind::Assign ? signsOf(I, In.Value, Set, Depth + 1)
           : C != NoFunc               ? Funcs[C].ReturnSigns
                                       : uint8_t(Range::Any);
    };
    if (E.Kind == ExprKind::Temp)
      Set.eachOfTemp(E.Int, Add);
    else
      Set.eachOfPlace(E.A, Add);
    return S ? S : uint8_t(Range::Any);
  }
  default:
    return Range::Any;
  }
}

uint8_t Program::returnSigns(FuncId Id, const Setters &Set) {
  const FuncInfo &I = Funcs[Id];
  uint8_t S = 0;
  for (const ir::Block &B : I.F->Blocks)
    if (B.Term.Kind == ir::TermKind::Return && B.Term.Cond)
      S |= signsOf(I, B.Term.Cond, Set, 0);
  return S;
}

static std::vector<int64_t> outcomeVars(const ir::Unit &U,
                                        const ir::Function &F) {
  std::vector<int64_t> Vars;
  for (const ir::Block &B : F.Blocks) {
    if (B.Term.Kind != ir::TermKind::Return || !B.Term.Cond)
      continue;
    for (const ir::Inst &I : B.Insts) {
      const ir::Expr &V = U.get(I.Value);
      if (I.Kind == InstKind::Assign && I.Temp >= 0 &&
          I.Temp == U.get(B.Term.Cond).Int && V.Kind == ExprKind::Load &&
          U.get(V.A).Kind == ExprKind::Local)
        Vars.push_back(U.get(V.A).Int);
    }
  }
  llvm::sort(Vars);
  Vars.erase(llvm::unique(Vars), Vars.end());
  return Vars;
}

void Program::addWrites(FuncId F, const ir::Inst &In, NameSet &Out) {
  const FuncInfo &I = Funcs[F];
  const ir::Unit &U = *I.U;
  if (In.Kind == InstKind::Assign && In.Temp < 0) {
    const ir::Expr &D = U.get(In.Dst);
    if (D.Kind == ExprKind::Field)
      Out.insert(nameOf(I.UnitIndex, D.Name));
    if (FieldKey K = keyOf(F, In.Dst))
      Out.insert(K.Field);
  }
  if (In.Kind == InstKind::Call && !In.Args.empty() && callee(I, In).SetsAtomic)
    if (FieldKey K = keyOf(F, In.Args[0]))
      Out.insert(K.Field);
  // set_bit(n, &p->flags) writes p->flags.
  const HelperRow *H = In.Kind == InstKind::Call && In.Args.size() > 1
                           ? callee(I, In).Helper
                           : nullptr;
  if (H &&
      (H->Does == Helper::SetBit || H->Does == Helper::ClearBit ||
       H->Does == Helper::TestAndSetBit || H->Does == Helper::TestAndClearBit))
    if (FieldKey K = keyOf(F, In.Args[1])) {
      const ir::Expr &Bit = U.get(In.Args[0]);
      Out.insert(bitName(K.Field, Bit.Kind == ExprKind::Int ? Bit.Int : -1));
    }
}

/// What \p In of \p F stores to adds up, or is no counter.
void Program::noteCounter(FuncId F, const ir::Inst &In) {
  const ir::Unit &U = *Funcs[F].U;
  for (ir::ExprId A : In.Args) { // someone else may write to it
    ExprKind Kind = U.get(A).Kind;
    if (Kind == ExprKind::Field || Kind == ExprKind::Global)
      NotCounters.insert(keyOf(F, A).Field);
  }
  FieldKey K = In.Kind == InstKind::Assign && In.Temp < 0 ? keyOf(F, In.Dst)
                                                          : FieldKey();
  if (!K)
    return;
  const ir::Expr &V = U.get(In.Value);
  auto IsAmount = [](const ir::Expr &E) {
    return E.Kind == ExprKind::Int && E.Int >= 0;
  };
  if (V.Kind == ExprKind::Binary && U.text(V.Op) == "+" &&
      IsAmount(U.get(V.B)) && U.get(V.A).Kind == ExprKind::Load &&
      U.get(V.A).A == In.Dst)
    Counted.insert(K.Field);
  else if (!IsAmount(V))
    NotCounters.insert(K.Field);
}

/// What \p In of \p Id does to the members of records.
void Program::noteMembers(FuncId Id, const ir::Inst &In) {
  FuncInfo &I = Funcs[Id];
  const ir::Unit &U = *I.U;
  if (In.Kind == InstKind::Eval)
    return;
  const ir::Expr &Value = U.get(In.Value);
  if (In.Kind == InstKind::Assign) {
    if (In.Temp >= 0)
      return;
    if (FieldKey K = keyOf(Id, In.Dst); K && Value.Kind != ExprKind::Int)
      NotFlags.insert(K.Field);
  } else {
    const Callee &C = callee(I, In);
    if (C.Step != RcuStep::None && !In.Args.empty())
      if (FieldKey K = keyOf(Id, In.Args[0]))
        (linksNode(C.Step) ? I.Links : I.Unlinks).insert(K);
    for (const ApiObject &O : C.Objects)
      if (O.Does == Act::Destroy && O.Object.In == Where::Arg &&
          O.Object.Index < In.Args.size()) {
        const ir::Expr &A = U.get(In.Args[O.Object.Index]);
        if (FieldKey K = A.Kind == ExprKind::Load ? keyOf(Id, A.A) : FieldKey())
          I.Ends.insert(K);
      }
  }
  addWrites(Id, In, I.Writes);
  if (In.Kind != InstKind::Assign || Value.Kind != ExprKind::Int || Value.Int)
    addWrites(Id, In, SetMembers);
  noteCounter(Id, In);
}

void Program::summarise() {
  // Helpers of helpers: the least fixpoint.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (FuncInfo &I : Funcs)
      if (!I.Small && isSmallHelper(I))
        Changed = I.Small = true;
  }
  std::vector<Derefs> Does;
  for (FuncId Id = 0; Id < Funcs.size(); ++Id) {
    FuncInfo &I = Funcs[Id];
    if (!Id || I.U != Funcs[Id - 1].U)
      Does = derefsIn(*I.U);
    I.Interesting = touches(I);
    I.Lifetime = touchesLifetime(I);
    I.AssertsRtnl = assertsRtnl(I);
    I.WrapsSection = wrapsSection(I);
    I.OutcomeVars = outcomeVars(*I.U, *I.F);
    for (const ir::Block &B : I.F->Blocks) {
      for (const ir::Inst &In : B.Insts) {
        if (In.Kind == InstKind::Assign && In.Temp < 0)
          I.DerefParams |= Does[In.Dst].Loaded;
        I.DerefParams |= Does[In.Value].Evaluated;
        for (ir::ExprId A : In.Args)
          I.DerefParams |= Does[A].Evaluated;
        noteMembers(Id, In);
      }
      I.DerefParams |= Does[B.Term.Cond].Evaluated;
    }
    I.DerefParams &= parameters(*I.F);
  }
  for (NameId N : Counted)
    if (!NotCounters.contains(N))
      T.setCounter(N);
  for (const FuncInfo &I : Funcs)
    Written.insert(I.Writes);
  summariseCalls();
}

/// What holds for a function because of what it calls: least fixpoints over the
/// call graph, which may have cycles.
void Program::summariseCalls() {
  // Parameters that are handed on to functions with a body.
  struct Handed {
    FuncId To;
    uint8_t Arg, Param;
  };
  std::vector<std::vector<Handed>> HandedOn(Funcs.size());
  for (FuncId Id = 0; Id < Funcs.size(); ++Id)
    for (const ir::Inst *In : Funcs[Id].Calls) {
      FuncId C = callee(Funcs[Id], *In).Body;
      for (size_t A = 0; C != NoFunc && A < In->Args.size() && A < 64; ++A)
        if (int64_t Param = parameterIn(Funcs[Id], In->Args[A]); Param >= 0)
          HandedOn[Id].push_back({C, uint8_t(A), uint8_t(Param)});
    }
  std::vector<Setters> SetIn;
  SetIn.reserve(Funcs.size());
  for (const FuncInfo &I : Funcs)
    SetIn.emplace_back(I);
  std::vector<bool> Open(Funcs.size(), true); // a callee has changed
  for (bool Again = true; Again;) {
    Again = false;
    for (FuncId Id = 0; Id < Funcs.size(); ++Id) {
      if (!Open[Id])
        continue;
      Open[Id] = false;
      FuncInfo &I = Funcs[Id];
      bool Changed = false;
      auto Add = [&](auto &To, auto What) {
        Changed |= (To | What) != To;
        To |= What;
      };
      auto Unite = [&](auto &To, const auto &What) {
        Changed |= To.insert(What);
      };
      Add(I.ReturnSigns, returnSigns(Id, SetIn[Id]));
      for (FuncId C : I.Callees) {
        const FuncInfo &Called = Funcs[C];
        if (!Called.Small) {
          Add(I.Interesting, Called.Interesting);
          Add(I.Lifetime, Called.Lifetime);
          Add(I.AssertsRtnl, Called.AssertsRtnl);
        }
        if (C == Id)
          continue;
        Unite(I.Writes, Called.Writes);
        Unite(I.Ends, Called.Ends);
        Unite(I.Links, Called.Links);
        Unite(I.Unlinks, Called.Unlinks);
      }
      for (const Handed &H : HandedOn[Id])
        Add(I.DerefParams, (Funcs[H.To].DerefParams >> H.Arg & 1) << H.Param);
      if (!Changed)
        continue;
      for (FuncId C : I.Callers)
        Open[C] = true;
      // What it returns and dereferences may hang on itself.
      Open[Id] = llvm::is_contained(I.Callees, Id);
      Again = true;
    }
  }
}
