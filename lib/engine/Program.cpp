//===- Program.cpp - The linked functions and tables of a module -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Program.h"
#include "engine/State.h"
#include "model/Idioms.h"
#include "llvm/ADT/BitVector.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

Program::Program(llvm::ArrayRef<const ir::Unit *> Us, const Model &M,
                 ValueTable &T)
    : M(M), T(T), Units(Us) {
  for (const ir::Unit *U : Units) {
    std::vector<NameId> Names;
    for (const std::string &S : U->Strings)
      Names.push_back(T.name(S));
    UnitNames.push_back(std::move(Names));
  }
  link();
  tables();
  for (FuncId F = 0; F < Funcs.size(); ++F)
    bind(F);
  summarise();
}

FuncId Program::find(uint32_t UnitIndex, llvm::StringRef Name) const {
  auto It = ByUnit[UnitIndex].find(Name);
  if (It != ByUnit[UnitIndex].end())
    return It->second;
  return find(Name);
}

FuncId Program::find(llvm::StringRef Name) const {
  auto It = External.find(Name);
  return It == External.end() ? NoFunc : It->second;
}

void Program::link() {
  ByUnit.resize(Units.size());
  for (uint32_t UI = 0; UI < Units.size(); ++UI) {
    const ir::Unit &U = *Units[UI];
    for (const ir::Function &F : U.Functions) {
      FuncInfo I;
      I.U = &U;
      I.UnitIndex = UI;
      I.F = &F;
      I.Name = U.text(F.Name).str();
      FuncId Id = Funcs.size();
      ByUnit[UI].try_emplace(I.Name, Id);
      if (!F.Static)
        External.try_emplace(I.Name, Id);
      Funcs.push_back(std::move(I));
    }
  }
  for (FuncId Id = 0; Id < Funcs.size(); ++Id) {
    FuncInfo &I = Funcs[Id];
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Call && In.Callee) {
          FuncId C = find(I.UnitIndex, I.U->text(In.Callee));
          if (C == NoFunc || llvm::is_contained(I.Callees, C))
            continue;
          I.Callees.push_back(C);
          Funcs[C].Callers.push_back(Id);
        }
  }
  for (uint32_t UI = 0; UI < Units.size(); ++UI) {
    const ir::Unit &U = *Units[UI];
    for (ir::StrId S : U.Elsewhere)
      if (find(U.text(S)) == NoFunc)
        Elsewhere.insert(U.text(S));
    if (U.ModuleInit)
      Init = find(UI, U.text(U.ModuleInit));
    if (U.ModuleExit)
      Exit = find(UI, U.text(U.ModuleExit));
  }
}

void Program::tables() {
  std::set<FuncId> InTable;
  for (uint32_t UI = 0; UI < Units.size(); ++UI) {
    const ir::Unit &U = *Units[UI];
    for (const ir::Global &G : U.Globals) {
      // A list head starts empty and does not stay so.
      if (U.text(G.Record).ends_with("list_head") ||
          U.text(G.Record).ends_with("hlist_head"))
        continue;
      NameId GName = nameOf(UI, G.Name);
      for (const ir::InitValue &V : G.Init) {
        const ir::Expr &E = U.get(V.Value);
        llvm::StringRef Path = U.text(V.Path);
        ValId Value = 0;
        if (E.Kind == ExprKind::Func)
          Value = T.named(ValKind::Func, nameOf(UI, E.Name));
        else if (E.Kind == ExprKind::Global)
          Value = T.named(ValKind::Global, nameOf(UI, E.Name));
        else if (E.Kind == ExprKind::Int)
          Value = T.number(E.Int);
        if (Value)
          Initial[GName][Path] = Value;
        if (E.Kind != ExprKind::Func)
          continue;
        Slot S;
        S.Struct = nameOf(UI, G.Record);
        llvm::StringRef Field = Path;
        if (Field.consume_front("["))
          Field = Field.split("].").second;
        S.Field = T.name(Field);
        S.Table = GName;
        S.Func = find(UI, U.text(E.Name));
        if (S.Func == NoFunc)
          continue;
        S.Row = M.callback(T.text(S.Struct), Field);
        Slots.push_back(S);
        InTable.insert(S.Func);
      }
    }
  }
  for (FuncId F = 0; F < Funcs.size(); ++F)
    if (Funcs[F].Callers.empty() || InTable.count(F))
      Roots.push_back(F);
}

FuncId Program::inTable(NameId Global, llvm::StringRef Field) const {
  for (const Slot &S : Slots)
    if (S.Table == Global && T.text(S.Field) == Field)
      return S.Func;
  return NoFunc;
}

ValId Program::initial(NameId Global, llvm::StringRef Path) const {
  auto It = Initial.find(Global);
  if (It == Initial.end())
    return 0;
  auto V = It->second.find(Path);
  return V == It->second.end() ? 0 : V->second;
}

FieldKey Program::keyOf(FuncId F, ir::ExprId Id) {
  const FuncInfo &I = Funcs[F];
  const ir::Unit &U = *I.U;
  while (true) {
    const ir::Expr &E = U.get(Id);
    if (E.Kind == ExprKind::Index) {
      Id = E.A;
      continue;
    }
    if (E.Kind == ExprKind::Temp) {
      // A helper that hands its argument on: spinlock_check(&p->lock).
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Temp == E.Int && In.Kind == InstKind::Call && !In.Args.empty())
            if (const HelperRow *H = findHelper(U.text(In.Callee)))
              if (H->Does == Helper::Same)
                return keyOf(F, In.Args[0]);
      return {};
    }
    if (E.Kind != ExprKind::Field)
      return {};
    if (isInnerRecord(U.text(E.Record))) {
      Id = E.A;
      continue;
    }
    return {nameOf(I.UnitIndex, E.Record), nameOf(I.UnitIndex, E.Name)};
  }
}

ir::ExprId Program::throughLocal(FuncId F, ir::ExprId Id) const {
  const FuncInfo &I = Funcs[F];
  for (unsigned Hops = 0; Hops < 3; ++Hops) {
    const ir::Expr &E = I.U->get(Id);
    if (E.Kind != ExprKind::Load || I.U->get(E.A).Kind != ExprKind::Local ||
        I.U->get(E.A).Int < I.F->NumParams)
      return Id;
    ir::ExprId Value = 0;
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Assign && In.Temp < 0 && In.Dst == E.A) {
          if (Value)
            return Id;
          Value = In.Value;
        }
    if (!Value)
      return Id;
    Id = Value;
  }
  return Id;
}

FieldKey Program::keyOf(ValId A) const {
  while (true) {
    const Val &V = T.get(A);
    if (V.Kind == ValKind::Elem) {
      A = V.A;
      continue;
    }
    if (V.Kind != ValKind::Field)
      return {};
    if (isInnerRecord(T.text(V.Rec))) {
      A = V.A;
      continue;
    }
    return {V.Rec, V.Name};
  }
}

const ir::Loc &Program::where(FuncId F, uint32_t Block, uint32_t Inst) const {
  const ir::Function &Fn = *Funcs[F].F;
  if (Block >= Fn.Blocks.size())
    return Fn.Where;
  const ir::Block &B = Fn.Blocks[Block];
  if (Inst < B.Insts.size())
    return B.Insts[Inst].Where;
  return B.Term.Where.Line || B.Insts.empty() ? B.Term.Where
                                              : B.Insts.back().Where;
}

/// Handlers bound in \p Id: by a modelled call, or by a store to a member that
/// the model knows (INIT_WORK ends in work_struct.func = handler).
void Program::bind(FuncId Id) {
  FuncInfo &I = Funcs[Id];
  const ir::Unit &U = *I.U;
  for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
    for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
      const ir::Inst &In = I.F->Blocks[B].Insts[N];
      Binding Bd;
      Bd.In = Id;
      Bd.Block = B;
      Bd.Inst = N;
      ir::ExprId Object = 0, Handler = 0;
      if (In.Kind == InstKind::Call && In.Callee && !In.Args.empty())
        if (const ApiFunction *A = M.function(U.text(In.Callee)))
          if (A->Does == Role::NotifierRegister &&
              U.get(In.Args[0]).Kind == ExprKind::Global)
            Notifiers.insert(nameOf(I.UnitIndex, U.get(In.Args[0]).Name));
      if (In.Kind == InstKind::Call && In.Callee) {
        for (const ApiObject &O : M.objects(U.text(In.Callee))) {
          if (O.HandlerArg < 0 || size_t(O.HandlerArg) >= In.Args.size())
            continue;
          Bd.Class = O.Class;
          Handler = In.Args[O.HandlerArg];
          if (O.Object.In == Where::Arg && O.Object.Index < In.Args.size())
            Object = In.Args[O.Object.Index];
          break;
        }
      } else if (In.Kind == InstKind::Assign && In.Dst) {
        const ir::Expr &D = U.get(In.Dst);
        if (D.Kind == ExprKind::Field)
          if (const ApiFieldBinding *FB =
                  M.fieldBinding(U.text(D.Record), U.text(D.Name))) {
            Bd.Class = FB->Class;
            Handler = In.Value;
            Object = D.A;
          }
      }
      const ir::Expr &H = U.get(Handler);
      if (!Handler || H.Kind != ExprKind::Func)
        continue;
      Bd.Handler = find(I.UnitIndex, U.text(H.Name));
      Bd.Object = keyOf(Id, Object);
      // Look through inner members of a global: &reset_work.work.
      for (ir::ExprId G = Object; !Bd.Object && G;) {
        const ir::Expr &E = U.get(G);
        if (E.Kind == ExprKind::Global)
          Bd.Global = nameOf(I.UnitIndex, E.Name);
        G = E.Kind == ExprKind::Field || E.Kind == ExprKind::Index ? E.A : 0;
      }
      if (Bd.Handler != NoFunc)
        Bindings.push_back(Bd);
    }
}

NameId Program::bitName(NameId Member, int64_t Bit) {
  return T.name(T.text(Member).str() + "#" + std::to_string(Bit));
}

/// Worth executing for its result: what it compares, or hands on.
bool Program::isSmallHelper(const FuncInfo &I) const {
  const ir::Unit &U = *I.U;
  if (I.F->Blocks.size() > 6 || U.text(I.F->ReturnType) == "void")
    return false;
  size_t Insts = 0;
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts) {
      ++Insts;
      if (In.Kind != InstKind::Call)
        continue;
      const ApiFunction *A = M.function(U.text(In.Callee));
      if (!(A && A->Does == Role::PrivAccessor) &&
          !findHelper(U.text(In.Callee)))
        return false;
    }
  return Insts <= 6;
}

bool Program::touchesLifetime(const FuncInfo &I) const {
  if (isSmallHelper(I))
    return true;
  const ir::Unit &U = *I.U;
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts) {
      if (In.Kind == InstKind::Call && In.Callee) {
        llvm::StringRef Name = U.text(In.Callee);
        if (const ApiFunction *F = M.function(Name))
          if (F->Does != Role::None && F->Does != Role::PrivAccessor &&
              F->Does != Role::LookupBorrowed && F->Does != Role::Predicate)
            return true;
        for (const ApiObject &O : M.objects(Name))
          if ((O.Class == "work" || O.Class == "delayed-work") &&
              (O.Does == Act::CancelSync || O.Does == Act::FlushSync ||
               O.Does == Act::DisableSync))
            return true;
      }
      if (In.Kind == InstKind::Assign && In.Dst) {
        const ir::Expr &D = U.get(In.Dst);
        if (D.Kind == ExprKind::Field && U.text(D.Record) == DeviceRecord &&
            deviceField(U.text(D.Name)) != DevField::None)
          return true;
      }
    }
  return false;
}

bool Program::touches(const FuncInfo &I) const {
  const ir::Unit &U = *I.U;
  if (isSmallHelper(I))
    return true;
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts) {
      if (In.Kind == InstKind::Call && In.Callee) {
        llvm::StringRef Name = U.text(In.Callee);
        if (const ApiFunction *F = M.function(Name))
          if (F->Does != Role::None && F->Does != Role::PrivAccessor)
            return true;
        for (const ApiObject &O : M.objects(Name))
          if (O.Does != Act::Use && O.Does != Act::Identity)
            return true;
        if (const HelperRow *H = findHelper(Name))
          if (H->Does == Helper::SetData || H->Does == Helper::SetBit ||
              H->Does == Helper::ClearBit)
            return true;
      }
      if (In.Kind == InstKind::Assign && In.Dst) {
        const ir::Expr &D = U.get(In.Dst);
        if (D.Kind == ExprKind::Field &&
            (U.text(D.Type) == "struct net_device *" ||
             (U.text(D.Record) == DeviceRecord &&
              deviceField(U.text(D.Name)) != DevField::None) ||
             M.fieldBinding(U.text(D.Record), U.text(D.Name))))
          return true;
      }
    }
  return false;
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

uint8_t Program::signsOf(const FuncInfo &I, ir::ExprId Id, unsigned Depth) {
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
    uint8_t S = 0;
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts) {
        bool Hit = E.Kind == ExprKind::Temp ? In.Temp == E.Int
                                            : In.Kind == InstKind::Assign &&
                                                  In.Temp < 0 && In.Dst == E.A;
        if (!Hit) {
          // Its address is given away.
          if (E.Kind == ExprKind::Load && In.Kind == InstKind::Call &&
              llvm::is_contained(In.Args, E.A))
            return Range::Any;
          continue;
        }
        if (In.Kind == InstKind::Assign) {
          S |= signsOf(I, In.Value, Depth + 1);
          continue;
        }
        FuncId C = In.Callee ? find(I.UnitIndex, U.text(In.Callee)) : NoFunc;
        S |= C != NoFunc ? Funcs[C].ReturnSigns : uint8_t(Range::Any);
      }
    return S ? S : uint8_t(Range::Any);
  }
  default:
    return Range::Any;
  }
}

uint8_t Program::returnSigns(FuncId Id) {
  const FuncInfo &I = Funcs[Id];
  uint8_t S = 0;
  for (const ir::Block &B : I.F->Blocks)
    if (B.Term.Kind == ir::TermKind::Return && B.Term.Cond)
      S |= signsOf(I, B.Term.Cond, 0);
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

void Program::summarise() {
  for (FuncInfo &I : Funcs) {
    I.Interesting = touches(I);
    I.Lifetime = touchesLifetime(I);
    I.OutcomeVars = outcomeVars(*I.U, *I.F);
    I.ReturnSigns = 0;
    const ir::Unit &U = *I.U;
    for (const ir::Block &B : I.F->Blocks) {
      for (const ir::Inst &In : B.Insts) {
        if (In.Kind == InstKind::Assign && In.Temp < 0) {
          I.DerefParams |= derefs(U, *I.F, In.Dst, true);
          const ir::Expr &D = U.get(In.Dst);
          FieldKey K = keyOf(FuncId(&I - Funcs.data()), In.Dst);
          if (D.Kind == ExprKind::Field)
            I.Writes.insert(nameOf(I.UnitIndex, D.Name));
          if (K) {
            I.Writes.insert(K.Field);
            if (U.get(In.Value).Kind != ExprKind::Int)
              NotFlags.insert(K.Field);
          }
        }
        I.DerefParams |= derefs(U, *I.F, In.Value, false);
        for (ir::ExprId A : In.Args)
          I.DerefParams |= derefs(U, *I.F, A, false);
        // set_bit(n, &p->flags) writes p->flags.
        if (In.Kind == InstKind::Call && In.Args.size() > 1)
          if (const HelperRow *H = findHelper(U.text(In.Callee)))
            if (H->Does == Helper::SetBit || H->Does == Helper::ClearBit ||
                H->Does == Helper::TestAndSetBit ||
                H->Does == Helper::TestAndClearBit)
              if (FieldKey K = keyOf(FuncId(&I - Funcs.data()), In.Args[1])) {
                const ir::Expr &Bit = U.get(In.Args[0]);
                I.Writes.insert(
                    bitName(K.Field, Bit.Kind == ExprKind::Int ? Bit.Int : -1));
              }
      }
      I.DerefParams |= derefs(U, *I.F, B.Term.Cond, false);
    }
  }
  for (const FuncInfo &I : Funcs)
    Written.insert(I.Writes.begin(), I.Writes.end());
  // Least fixpoints over the call graph; it may have cycles.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (FuncId Id = 0; Id < Funcs.size(); ++Id) {
      FuncInfo &I = Funcs[Id];
      uint8_t R = I.ReturnSigns | returnSigns(Id);
      bool Int = I.Interesting, Life = I.Lifetime;
      size_t NumWrites = I.Writes.size();
      uint64_t D = I.DerefParams;
      for (FuncId C : I.Callees) {
        Int |= Funcs[C].Interesting && !isSmallHelper(Funcs[C]);
        Life |= Funcs[C].Lifetime && !isSmallHelper(Funcs[C]);
        if (C != Id)
          I.Writes.insert(Funcs[C].Writes.begin(), Funcs[C].Writes.end());
      }
      const ir::Unit &U = *I.U;
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts) {
          FuncId C = In.Kind == InstKind::Call && In.Callee
                         ? find(I.UnitIndex, U.text(In.Callee))
                         : NoFunc;
          if (C == NoFunc)
            continue;
          for (size_t A = 0; A < In.Args.size() && A < 64; ++A) {
            const ir::Expr &E = U.get(In.Args[A]);
            if ((Funcs[C].DerefParams >> A & 1) && E.Kind == ExprKind::Load &&
                U.get(E.A).Kind == ExprKind::Local &&
                U.get(E.A).Int < I.F->NumParams && U.get(E.A).Int < 64)
              D |= 1ull << U.get(E.A).Int;
          }
        }
      if (R != I.ReturnSigns || Int != I.Interesting || Life != I.Lifetime ||
          D != I.DerefParams || NumWrites != I.Writes.size()) {
        I.ReturnSigns = R;
        I.Interesting = Int;
        I.Lifetime = Life;
        I.DerefParams = D;
        Changed = true;
      }
    }
  }
}
