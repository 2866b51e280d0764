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

/// Parameters of \p F that \p E dereferences when it is evaluated.
static uint64_t derefs(const ir::Unit &U, const ir::Function &F, ir::ExprId Id,
                       bool Loaded) {
  const ir::Expr &E = U.get(Id);
  switch (E.Kind) {
  case ExprKind::Field:
  case ExprKind::Index:
    return derefs(U, F, E.A, Loaded) |
           (E.Kind == ExprKind::Index ? derefs(U, F, E.B, false) : 0);
  case ExprKind::Load: {
    const ir::Expr &A = U.get(E.A);
    if (A.Kind == ExprKind::Local)
      return Loaded && A.Int < F.NumParams && A.Int < 64 ? 1ull << A.Int : 0;
    return derefs(U, F, E.A, true);
  }
  case ExprKind::Unary:
  case ExprKind::Binary:
  case ExprKind::ContainerOf:
    return derefs(U, F, E.A, false) | derefs(U, F, E.B, false);
  default:
    return 0;
  }
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
    llvm::stable_sort(All, llvm::less_first());
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
  std::set<int64_t> Vars;
  for (const ir::Block &B : F.Blocks) {
    if (B.Term.Kind != ir::TermKind::Return || !B.Term.Cond)
      continue;
    for (const ir::Inst &I : B.Insts) {
      const ir::Expr &V = U.get(I.Value);
      if (I.Kind == InstKind::Assign && I.Temp >= 0 &&
          I.Temp == U.get(B.Term.Cond).Int && V.Kind == ExprKind::Load &&
          U.get(V.A).Kind == ExprKind::Local)
        Vars.insert(U.get(V.A).Int);
    }
  }
  return {Vars.begin(), Vars.end()};
}

void Program::addWrites(FuncId F, const ir::Inst &In, SortedSet<NameId> &Out) {
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

void Program::summarise() {
  // Helpers of helpers: the least fixpoint.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (FuncInfo &I : Funcs)
      if (!I.Small && isSmallHelper(I))
        Changed = I.Small = true;
  }
  for (FuncInfo &I : Funcs) {
    I.Interesting = touches(I);
    I.Lifetime = touchesLifetime(I);
    I.AssertsRtnl = assertsRtnl(I);
    I.WrapsSection = wrapsSection(I);
    I.OutcomeVars = outcomeVars(*I.U, *I.F);
    I.ReturnSigns = 0;
    const ir::Unit &U = *I.U;
    for (const ir::Block &B : I.F->Blocks) {
      for (const ir::Inst &In : B.Insts) {
        if (In.Kind == InstKind::Assign && In.Temp < 0) {
          I.DerefParams |= derefs(U, *I.F, In.Dst, true);
          FieldKey K = keyOf(FuncId(&I - Funcs.data()), In.Dst);
          if (K && U.get(In.Value).Kind != ExprKind::Int)
            NotFlags.insert(K.Field);
        }
        I.DerefParams |= derefs(U, *I.F, In.Value, false);
        for (ir::ExprId A : In.Args)
          I.DerefParams |= derefs(U, *I.F, A, false);
        if (In.Kind == InstKind::Call && !In.Args.empty()) {
          RcuStep Step = callee(I, In).Step;
          if (FieldKey K = Step == RcuStep::None
                               ? FieldKey()
                               : keyOf(FuncId(&I - Funcs.data()), In.Args[0]))
            (linksNode(Step) ? I.Links : I.Unlinks).insert(K);
        }
        if (In.Kind == InstKind::Call)
          for (const ApiObject &O : callee(I, In).Objects)
            if (O.Does == Act::Destroy && O.Object.In == Where::Arg &&
                O.Object.Index < In.Args.size()) {
              const ir::Expr &A = U.get(In.Args[O.Object.Index]);
              if (FieldKey K = A.Kind == ExprKind::Load
                                   ? keyOf(FuncId(&I - Funcs.data()), A.A)
                                   : FieldKey())
                I.Ends.insert(K);
            }
        addWrites(FuncId(&I - Funcs.data()), In, I.Writes);
        noteCounter(FuncId(&I - Funcs.data()), In);
        const ir::Expr &Value = U.get(In.Value);
        if (In.Kind != InstKind::Assign || Value.Kind != ExprKind::Int ||
            Value.Int)
          addWrites(FuncId(&I - Funcs.data()), In, SetMembers);
      }
      I.DerefParams |= derefs(U, *I.F, B.Term.Cond, false);
    }
  }
  for (NameId N : Counted)
    if (!NotCounters.count(N))
      T.setCounter(N);
  for (const FuncInfo &I : Funcs)
    Written.insert(I.Writes);
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
  // Least fixpoints over the call graph; it may have cycles.
  std::vector<Setters> SetIn;
  for (const FuncInfo &I : Funcs)
    SetIn.emplace_back(I);
  std::vector<bool> Open(Funcs.size(), true); // a callee has changed
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (FuncId Id = 0; Id < Funcs.size(); ++Id) {
      if (!Open[Id])
        continue;
      Open[Id] = false;
      FuncInfo &I = Funcs[Id];
      uint8_t R = I.ReturnSigns | returnSigns(Id, SetIn[Id]);
      bool Int = I.Interesting, Life = I.Lifetime, Asserts = I.AssertsRtnl;
      size_t NumWrites = I.Writes.size(), NumEnds = I.Ends.size(),
             NumLinks = I.Links.size() + I.Unlinks.size();
      uint64_t D = I.DerefParams;
      for (FuncId C : I.Callees) {
        Int |= Funcs[C].Interesting && !Funcs[C].Small;
        Life |= Funcs[C].Lifetime && !Funcs[C].Small;
        Asserts |= Funcs[C].AssertsRtnl && !Funcs[C].Small;
        if (C == Id)
          continue;
        I.Writes.insert(Funcs[C].Writes);
        I.Ends.insert(Funcs[C].Ends);
        I.Links.insert(Funcs[C].Links);
        I.Unlinks.insert(Funcs[C].Unlinks);
      }
      for (const Handed &H : HandedOn[Id])
        D |= (Funcs[H.To].DerefParams >> H.Arg & 1) << H.Param;
      if (R != I.ReturnSigns || Int != I.Interesting || Life != I.Lifetime ||
          Asserts != I.AssertsRtnl || D != I.DerefParams ||
          NumWrites != I.Writes.size() || NumEnds != I.Ends.size() ||
          NumLinks != I.Links.size() + I.Unlinks.size()) {
        I.ReturnSigns = R;
        I.Interesting = Int;
        I.Lifetime = Life;
        I.AssertsRtnl = Asserts;
        I.DerefParams = D;
        for (FuncId C : I.Callers)
          Open[C] = true;
        // What it returns and dereferences may hang on itself.
        Open[Id] = llvm::is_contained(I.Callees, Id);
        Changed = true;
      }
    }
  }
}
