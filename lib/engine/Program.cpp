//===- Program.cpp - Linked functions and tables ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Program.h"
#include "engine/State.h"
#include "llvm/ADT/BitVector.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

Program::Program(llvm::ArrayRef<const ir::Unit *> Us, const Model &M,
                 ValueTable &T, unsigned Foreign)
    : M(M), T(T), Units(Us) {
  link(Foreign);
  tables();
  for (FuncId F = 0; F < Funcs.size(); ++F)
    if (!Funcs[F].Foreign)
      bind(F);
  for (const Binding &B : Bindings)
    if (M.objectClass(B.Class).Runs)
      for (FieldKey K : B.Path)
        Runners.insert(K.Rec);
  findBackPointers();
  summarise();
  findFaint();
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

const Callee *Program::findCallee(const FuncInfo &I, ir::StrId Id) const {
  if (!Id)
    return &Callees.emplace_back();
  llvm::StringRef Name = I.U->text(Id);
  return &Callees.emplace_back(Callee{M.function(Name), M.objects(Name),
                                      findHelper(Name), find(I.UnitIndex, Name),
                                      isElsewhere(Name), rcuStep(Name),
                                      atomicSection(Name), setsAtomic(Name)});
}

FuncId Program::function(ValId V) const {
  if (T.get(V).Kind != ValKind::Func)
    return NoFunc;
  for (FuncId F = 0; F < Funcs.size(); ++F)
    if (Funcs[F].Name == T.text(T.get(V).Name))
      return F;
  return NoFunc;
}

void Program::link(unsigned Foreign) {
  ByUnit.resize(Units.size());
  size_t NumFuncs = 0;
  for (const ir::Unit *U : Units) {
    NumFuncs += U->Functions.size();
    UnitNames.emplace_back(U->Strings.size(), NotAsked);
    ByName.emplace_back(U->Strings.size());
    Keys.emplace_back(U->Exprs.size(), FieldKey{0, NotAsked});
  }
  Funcs.reserve(NumFuncs);
  for (uint32_t UI = 0; UI < Units.size(); ++UI) {
    const ir::Unit &U = *Units[UI];
    for (const ir::Function &F : U.Functions) {
      FuncInfo I;
      I.U = &U;
      I.UnitIndex = UI;
      I.F = &F;
      I.Foreign = UI >= Units.size() - Foreign;
      I.Name = U.text(F.Name).str();
      FuncId Id = Funcs.size();
      ByUnit[UI].try_emplace(I.Name, Id);
      if (!F.Static)
        External.try_emplace(I.Name, Id);
      Funcs.push_back(std::move(I));
    }
  }
  for (const ir::Unit *U : Units)
    for (ir::StrId S : U->Elsewhere)
      if (find(U->text(S)) == NoFunc)
        Elsewhere.insert(U->text(S));
  Flows.resize(Funcs.size());
  Closures.resize(Funcs.size());
  OnlyValues.resize(Funcs.size());
  for (FuncId Id = 0; Id < Funcs.size(); ++Id) {
    FuncInfo &I = Funcs[Id];
    for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
      for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
        const ir::Inst &In = I.F->Blocks[B].Insts[N];
        if (In.Kind == InstKind::Call)
          I.Calls.push_back(&In);
        if (In.Kind == InstKind::Call && In.Callee) {
          if (const ApiFunction *A = callee(I, In).Api) {
            I.Apis.push_back({A, B, N});
            static_assert(unsigned(Role::PreRegisterSetter) < 64, "the last");
            I.Roles |= uint64_t(1) << unsigned(A->Does);
          }
          FuncId C = callee(I, In).Body;
          if (C == NoFunc || llvm::is_contained(I.Callees, C))
            continue;
          I.Callees.push_back(C);
          Funcs[C].Callers.push_back(Id);
        }
      }
  }
  for (uint32_t UI = 0; UI < Units.size(); ++UI) {
    const ir::Unit &U = *Units[UI];
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
        // DECLARE_WORK(), DEFINE_TIMER(): bound before anything runs.
        if (const ApiFieldBinding *FB =
                M.fieldBinding(T.text(S.Struct), Field)) {
          Binding Bd;
          Bd.Object = {T.name(GlobalRecord), GName};
          Bd.Path = {Bd.Object};
          Bd.Class = FB->Class;
          Bd.Handler = S.Func;
          Bindings.push_back(Bd);
        }
        S.Row = M.callback(T.text(S.Struct), Field);
        Slots.push_back(S);
        InTable.insert(S.Func);
      }
    }
  }
  for (FuncId F = 0; F < Funcs.size(); ++F)
    if (!Funcs[F].Foreign && (Funcs[F].Callers.empty() || InTable.count(F)))
      Roots.push_back(F);
}

/// What the call that made temporary \p Temp returns.
static llvm::StringRef resultType(const FuncInfo &I, int64_t Temp) {
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts)
      if (In.Kind == ir::InstKind::Call && In.Temp == Temp)
        return I.U->text(In.Type);
  return {};
}

llvm::StringRef FuncInfo::pointee(ir::ExprId E) const {
  const ir::Expr &X = U->get(E);
  const ir::Expr &From = U->get(X.A);
  llvm::StringRef Type;
  if (X.Kind == ir::ExprKind::Field) { // its address
    Type = U->text(X.Type);
  } else if (X.Kind == ir::ExprKind::Local) {
    Type = U->text(F->Vars[X.Int].Type);
  } else if (X.Kind == ir::ExprKind::ContainerOf) {
    Type = U->text(X.Record);
  } else {
    if (X.Kind == ir::ExprKind::Temp)
      Type = resultType(*this, X.Int);
    else if (X.Kind == ir::ExprKind::Load && From.Kind == ir::ExprKind::Local)
      Type = U->text(F->Vars[From.Int].Type);
    else if (X.Kind == ir::ExprKind::Load && From.Kind == ir::ExprKind::Field)
      Type = U->text(From.Type);
    if (!Type.consume_back("*"))
      return {};
  }
  Type = Type.rtrim();
  Type.consume_front("struct ");
  return Type;
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

std::set<NameId> Program::tablesOf(NameId Global) const {
  std::set<NameId> Out;
  auto It = Initial.find(Global);
  if (It != Initial.end())
    for (const auto &Entry : It->second)
      if (T.get(Entry.second).Kind == ValKind::Global)
        Out.insert(T.get(Entry.second).Name);
  return Out;
}

FieldKey Program::findKey(FuncId F, ir::ExprId First) {
  const FuncInfo &I = Funcs[F];
  const ir::Unit &U = *I.U;
  auto Keep = [&](FieldKey K) { return Keys[I.UnitIndex][First] = K; };
  ir::ExprId Id = First;
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
            if (const HelperRow *H = callee(I, In).Helper)
              if (H->Does == Helper::Same)
                return keyOf(F, In.Args[0]);
      return {};
    }
    if (E.Kind == ExprKind::Global)
      return Keep({T.name(GlobalRecord), nameOf(I.UnitIndex, E.Name)});
    if (E.Kind != ExprKind::Field)
      return Keep({});
    if (isInnerRecord(U.text(E.Record))) {
      Id = E.A;
      continue;
    }
    return Keep({nameOf(I.UnitIndex, E.Record), nameOf(I.UnitIndex, E.Name)});
  }
}

ir::ExprId Program::throughLocal(FuncId F, ir::ExprId Id) const {
  const FuncInfo &I = Funcs[F];
  std::vector<ir::ExprId> &Only = OnlyValues[F];
  if (Only.empty() && !I.F->Vars.empty()) {
    Only.resize(I.F->Vars.size());
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (const ir::Expr &D = I.U->get(In.Dst); In.Kind == InstKind::Assign &&
                                                  In.Temp < 0 &&
                                                  D.Kind == ExprKind::Local)
          Only[D.Int] = Only[D.Int] ? SetAgain : In.Value;
  }
  for (unsigned Hops = 0; Hops < 3; ++Hops) {
    const ir::Expr &E = I.U->get(Id);
    if (E.Kind != ExprKind::Load || I.U->get(E.A).Kind != ExprKind::Local ||
        I.U->get(E.A).Int < I.F->NumParams)
      return Id;
    ir::ExprId Value = Only[I.U->get(E.A).Int];
    if (!Value || Value == SetAgain)
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
    if (V.Kind == ValKind::Global)
      return {T.name(GlobalRecord), V.Name};
    if (V.Kind != ValKind::Field)
      return {};
    if (isInnerRecord(T.text(V.Rec))) {
      A = V.A;
      continue;
    }
    return {V.Rec, V.Name};
  }
}

std::vector<FieldKey> Program::pathOf(FuncId F, ir::ExprId Id) {
  const ir::Unit &U = *Funcs[F].U;
  std::vector<FieldKey> Path;
  while (FieldKey K = keyOf(F, Id)) {
    Path.push_back(K);
    // On to the address of the record that K is a member of.
    auto Inner = [&](const ir::Expr &E) {
      return E.Kind == ExprKind::Index ||
             (E.Kind == ExprKind::Field && isInnerRecord(U.text(E.Record)));
    };
    while (Inner(U.get(Id)))
      Id = U.get(Id).A;
    if (U.get(Id).Kind != ExprKind::Field)
      break;
    Id = U.get(Id).A;
  }
  return Path;
}

std::vector<FieldKey> Program::pathOf(ValId A) const {
  std::vector<FieldKey> Path;
  for (; A; A = T.get(A).A) {
    const Val &V = T.get(A);
    if (V.Kind == ValKind::Elem)
      continue;
    if (V.Kind == ValKind::Global)
      Path.push_back({T.name(GlobalRecord), V.Name});
    // The private area is memory of its own, whatever lies there.
    if (V.Kind != ValKind::Field || T.text(V.Name) == PrivateArea)
      break;
    if (!isInnerRecord(T.text(V.Rec)))
      Path.push_back({V.Rec, V.Name});
  }
  return Path;
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

/// The member \p Object is, or is kept in: &p->work, p->urb, and through a
/// local variable both.
FieldKey Program::objectKey(FuncId F, ir::ExprId Object) {
  Object = throughLocal(F, Object);
  const ir::Expr &E = Funcs[F].U->get(Object);
  return keyOf(F, E.Kind == ExprKind::Load ? E.A : Object);
}

/// Where the result of call \p N of \p B is stored; 0 if it is not, at once.
static ir::ExprId keptAt(const ir::Unit &U, const ir::Block &B, uint32_t N) {
  for (uint32_t I = N + 1; I < B.Insts.size(); ++I) {
    const ir::Inst &In = B.Insts[I];
    const ir::Expr &V = U.get(In.Value);
    if (In.Kind == InstKind::Assign && In.Dst && V.Kind == ExprKind::Temp &&
        V.Int == B.Insts[N].Temp)
      return In.Dst;
  }
  return 0;
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
        if (const ApiFunction *A = callee(I, In).Api)
          if (A->Does == Role::NotifierRegister) {
            // The _net variants take their namespace first.
            for (ir::ExprId Arg : In.Args)
              if (U.get(Arg).Kind == ExprKind::Global)
                Notifiers.insert(nameOf(I.UnitIndex, U.get(Arg).Name));
              else if (FieldKey K = keyOf(Id, throughLocal(Id, Arg)))
                NotifierMembers.insert(K);
          }
      if (In.Kind == InstKind::Call && In.Callee) {
        for (const ApiObject &O : callee(I, In).Objects) {
          if (O.HandlerArg < 0 || size_t(O.HandlerArg) >= In.Args.size())
            continue;
          Bd.Class = O.Class;
          Handler = In.Args[O.HandlerArg];
          if (O.Object.In == Where::Arg && O.Object.Index < In.Args.size())
            Object = In.Args[O.Object.Index];
          else if (O.Object.In == Where::Ret)
            Object = keptAt(U, I.F->Blocks[B], N);
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
      Bd.Object = objectKey(Id, Object);
      Bd.Path = pathOf(Id, Object);
      if (Bd.Handler != NoFunc)
        Bindings.push_back(Bd);
    }
}
