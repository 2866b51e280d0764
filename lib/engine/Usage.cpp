//===- Usage.cpp - Who uses which member, from which callback ---*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Usage.h"
#include "model/Idioms.h"
#include <deque>

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

Usage::Usage(Program &P) : P(P), Leaves(P.functions().size()) {
  for (const FuncInfo &F : P.functions()) {
    SeenFields.resize(std::max<size_t>(SeenFields.size(), F.UnitIndex + 1));
    SeenFields[F.UnitIndex].resize(F.U->Exprs.size());
  }
  for (FuncId F = 0; F < P.functions().size(); ++F) {
    FirstIn.push_back(Uses.size());
    scan(F);
  }
  FirstIn.push_back(Uses.size());
  sortByMember();
  for (const Slot &S : P.slots())
    Callers.push_back({S.Func, &S, nullptr});
  for (const Binding &B : P.bindings())
    Callers.push_back({B.Handler, nullptr, &B});
  given();
  // What is embedded in a private area, at any depth.
  PrivateDeep = Private;
  std::vector<NameId> Work(Private.begin(), Private.end());
  while (!Work.empty()) {
    NameId R = Work.back();
    Work.pop_back();
    for (NameId Inner : Embeds[R])
      if (PrivateDeep.insert(Inner).second)
        Work.push_back(Inner);
  }
}

void Usage::sortByMember() {
  std::vector<std::pair<FieldKey, uint32_t>> Order;
  Order.reserve(Uses.size());
  for (const Use &U : Uses)
    Order.emplace_back(U.Key, Order.size());
  llvm::sort(Order);
  Sorted.reserve(Uses.size());
  for (auto [Key, At] : Order)
    Sorted.push_back(Uses[At]);
  for (llvm::ArrayRef<Use> Left = Sorted; !Left.empty();) {
    FieldKey K = Left.front().Key;
    auto Same = Left.take_while([&](const Use &U) { return U.Key == K; });
    Members.emplace_back(K, Same);
    Left = Left.drop_front(Same.size());
  }
}

/// Functions given away: to one whose body is not at hand, or stored.
void Usage::given() {
  std::set<FuncId> Known;
  for (const Caller &C : Callers)
    Known.insert(C.Func);
  for (const FuncInfo &F : P.functions()) {
    auto Give = [&](ir::ExprId A) {
      const ir::Expr &X = F.U->get(A);
      FuncId G = X.Kind == ExprKind::Func
                     ? P.find(F.UnitIndex, F.U->text(X.Name))
                     : NoFunc;
      if (G != NoFunc && Known.insert(G).second)
        Callers.push_back({G, nullptr, nullptr});
    };
    for (const ir::Block &B : F.F->Blocks)
      for (const ir::Inst &In : B.Insts) {
        if (In.Kind == InstKind::Assign)
          Give(In.Value);
        if (In.Kind == InstKind::Call && P.callee(F, In).Body == NoFunc)
          for (ir::ExprId A : In.Args)
            Give(A);
      }
  }
}

void Usage::add(FuncId F, FieldKey K, UseKind Kind, const ApiObject *Row,
                uint32_t B, uint32_t I, bool Loaded) {
  if (K)
    Uses.push_back({K, Kind, Row, Loaded, F, B, I});
}

/// What the type of the member \p Id tells.
void Usage::member(FuncId F, ir::ExprId Id) {
  const ir::Unit &U = *P.func(F).U;
  const ir::Expr &E = U.get(Id);
  llvm::StringRef Type = U.text(E.Type);
  if (ir::isNumber(Type))
    Scalars.insert(P.keyOf(F, Id));
  if (Type.consume_front("struct ") && !Type.contains('*'))
    Embeds[P.nameOf(P.func(F).UnitIndex, E.Record)].insert(
        P.values().name(Type.split('[').first.rtrim()));
}

/// Members read while \p Id is evaluated.
void Usage::scanExpr(FuncId F, ir::ExprId Id, uint32_t B, uint32_t I,
                     bool Tested) {
  const ir::Unit &U = *P.func(F).U;
  const ir::Expr &E = U.get(Id);
  switch (E.Kind) {
  case ExprKind::Load:
    if (U.get(E.A).Kind == ExprKind::Field ||
        U.get(E.A).Kind == ExprKind::Index ||
        U.get(E.A).Kind == ExprKind::Global)
      add(F, P.keyOf(F, E.A), Tested ? UseKind::Test : UseKind::Read, nullptr,
          B, I);
    scanExpr(F, E.A, B, I, false);
    break;
  case ExprKind::Field: {
    // What is a part of its owner may have another one in another function.
    if (llvm::BitVector &Seen = SeenFields[P.func(F).UnitIndex]; !Seen[Id]) {
      Seen[Id] = !isInnerRecord(U.text(E.Record));
      member(F, Id);
    }
    scanExpr(F, E.A, B, I, false);
    break;
  }
  case ExprKind::Unary:
    scanExpr(F, E.A, B, I, Tested && U.text(E.Op) == "!");
    break;
  case ExprKind::Index:
    scanExpr(F, E.A, B, I, false);
    scanExpr(F, E.B, B, I, false);
    break;
  case ExprKind::Binary: {
    llvm::StringRef Op = U.text(E.Op);
    bool Null = U.get(E.B).Kind == ExprKind::Int && U.get(E.B).Int == 0;
    scanExpr(F, E.A, B, I, Tested && Null && (Op == "==" || Op == "!="));
    scanExpr(F, E.B, B, I, false);
    break;
  }
  case ExprKind::ContainerOf:
    scanExpr(F, E.A, B, I, false);
    break;
  default:
    break;
  }
}

void Usage::scan(FuncId F) {
  const FuncInfo &Info = P.func(F);
  const ir::Unit &U = *Info.U;
  llvm::SmallVector<int64_t, 4> PrivTemps; // that netdev_priv() gave
  for (uint32_t B = 0; B < Info.F->Blocks.size(); ++B) {
    const ir::Block &Block = Info.F->Blocks[B];
    for (uint32_t N = 0; N < Block.Insts.size(); ++N) {
      const ir::Inst &I = Block.Insts[N];
      scanExpr(F, I.Value, B, N, false);
      if (I.Kind == InstKind::Assign && I.Dst) {
        scanExpr(F, U.get(I.Dst).A, B, N, false);
        add(F, P.keyOf(F, I.Dst), UseKind::Write, nullptr, B, N);
        const ir::Expr &V = U.get(I.Value);
        if (V.Kind == ExprKind::Temp && llvm::is_contained(PrivTemps, V.Int)) {
          // struct foo *priv = netdev_priv(dev)
          ir::StrId Type = I.Type;
          const ir::Expr &D = U.get(I.Dst);
          if (D.Kind == ExprKind::Local)
            Type = Info.F->Vars[D.Int].Type;
          else if (D.Kind == ExprKind::Field)
            Type = D.Type;
          llvm::StringRef Rec = U.text(Type);
          if (Rec.consume_front("struct ") && Rec.consume_back("*"))
            Private.insert(P.values().name(Rec.rtrim()));
        }
      }
      if (I.Kind != InstKind::Call)
        continue;
      const Callee &C = P.callee(Info, I);
      if (!I.Callee || C.Elsewhere)
        Leaves[F] = true;
      if (C.Api && C.Api->Does == Role::PrivAccessor)
        PrivTemps.push_back(I.Temp);
      llvm::ArrayRef<ApiObject> Rows = C.Objects;
      for (size_t A = 0; A < I.Args.size(); ++A) {
        scanExpr(F, I.Args[A], B, N, false);
        ir::ExprId Arg = P.throughLocal(F, I.Args[A]);
        const ir::Expr &E = U.get(Arg);
        bool Loaded = E.Kind == ExprKind::Load;
        FieldKey K = P.keyOf(F, Loaded ? E.A : Arg);
        if (!K)
          continue;
        bool Known = false;
        for (const ApiObject &Row : Rows)
          if (Row.Object.In == Where::Arg && Row.Object.Index == A) {
            add(F, K, UseKind::Object, &Row, B, N, Loaded);
            Known = true;
          }
        if (!Known && !Loaded)
          add(F, K, UseKind::Address, nullptr, B, N);
      }
      // A resource that lives in a member of the device: phydev.
      for (const ApiObject &Row : Rows)
        if (Row.Object.In == Where::Arg && !Row.Object.Field.empty())
          add(F,
              {P.values().name(DeviceRecord),
               P.values().name(Row.Object.Field)},
              UseKind::Object, &Row, B, N);
    }
    if (Block.Term.Cond)
      scanExpr(F, Block.Term.Cond, B, Block.Insts.size(),
               Block.Term.Kind == ir::TermKind::Branch);
  }
}

llvm::ArrayRef<Use> Usage::usesOf(FieldKey K) const {
  auto It = llvm::partition_point(
      Members, [&](const auto &Each) { return Each.first < K; });
  if (It == Members.end() || !(It->first == K))
    return {};
  return It->second;
}

bool Usage::mayDoInLoop(FuncId Root, Role R) {
  if (!mayDo(Root, R))
    return false;
  std::vector<std::pair<FuncId, bool>> Work{{Root, false}};
  std::set<std::pair<FuncId, bool>> Seen{Work.front()};
  while (!Work.empty()) {
    auto [F, Looped] = Work.back();
    Work.pop_back();
    const FuncInfo &I = P.func(F);
    for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
      for (const ir::Inst &In : I.F->Blocks[B].Insts) {
        if (In.Kind != InstKind::Call || !In.Callee)
          continue;
        bool Here = Looped || P.inLoop(F, B);
        const Callee &C = P.callee(I, In);
        if (C.Api && C.Api->Does == R && Here)
          return true;
        if (C.Body != NoFunc && Seen.insert({C.Body, Here}).second)
          Work.push_back({C.Body, Here});
      }
  }
  return false;
}

std::vector<FuncId> Usage::chain(FuncId From, FuncId To) {
  std::map<FuncId, FuncId> Parent{{From, NoFunc}};
  std::deque<FuncId> Work{From};
  while (!Work.empty() && !Parent.count(To)) {
    FuncId F = Work.front();
    Work.pop_front();
    for (FuncId C : P.func(F).Callees)
      if (Parent.try_emplace(C, F).second)
        Work.push_back(C);
  }
  std::vector<FuncId> Chain;
  if (!Parent.count(To))
    return Chain;
  for (FuncId F = To; F != NoFunc; F = Parent[F])
    Chain.insert(Chain.begin(), F);
  return Chain;
}

bool Usage::isWithin(NameId Rec, const std::set<NameId> &Outer) const {
  if (Outer.count(Rec))
    return true;
  std::set<NameId> Seen = Outer;
  std::vector<NameId> Work(Outer.begin(), Outer.end());
  while (!Work.empty() && !Seen.count(Rec)) {
    auto It = Embeds.find(Work.back());
    Work.pop_back();
    if (It == Embeds.end())
      continue;
    for (NameId Inner : It->second)
      if (Seen.insert(Inner).second)
        Work.push_back(Inner);
  }
  return Seen.count(Rec) != 0;
}

std::vector<uint32_t> Usage::callLines(llvm::ArrayRef<FuncId> Chain) const {
  std::vector<uint32_t> Lines;
  for (size_t I = 0; I + 1 < Chain.size(); ++I) {
    const FuncInfo &F = P.func(Chain[I]);
    uint32_t First = ~0u;
    for (const ir::Block &B : F.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Call && In.Callee &&
            P.find(F.UnitIndex, F.U->text(In.Callee)) == Chain[I + 1])
          First = std::min(First, In.Where.Line);
    Lines.push_back(First);
  }
  return Lines;
}

std::vector<const Slot *> Usage::slots(llvm::StringRef Struct,
                                       llvm::StringRef Field) const {
  std::vector<const Slot *> Out;
  for (const Slot &S : P.slots())
    if (P.values().text(S.Struct) == Struct &&
        P.values().text(S.Field) == Field)
      Out.push_back(&S);
  return Out;
}

bool Usage::releases(FuncId F, NameId Record) const {
  const FuncInfo &I = P.func(F);
  for (const ir::Inst *In : I.Calls)
    for (const ApiObject &O : P.callee(I, *In).Objects) {
      if (O.Does != Act::Destroy || O.Class != "memory" ||
          O.Object.In != Where::Arg || O.Object.Index >= In->Args.size())
        continue;
      ir::ExprId Memory = In->Args[O.Object.Index];
      const ir::Expr &X = I.U->get(Memory);
      if (X.Kind == ir::ExprKind::Load &&
          I.U->get(X.A).Kind == ir::ExprKind::Local &&
          I.pointee(Memory) == P.values().text(Record))
        return true;
    }
  return false;
}

bool Usage::allocates(const ir::Unit &Unit, const ir::Inst &Call) const {
  return llvm::any_of(P.model().objects(Unit.text(Call.Callee)),
                      [](const ApiObject &Row) {
                        return Row.Does == Act::Create && Row.Class == "memory";
                      });
}

bool Usage::isMade(FuncId F, ir::ExprId Value) const {
  const FuncInfo &I = P.func(F);
  const ir::Expr &X = I.U->get(P.throughLocal(F, Value));
  if (X.Kind == ir::ExprKind::Temp)
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == ir::InstKind::Call && In.Temp == X.Int)
          return allocates(*I.U, In);
  return false;
}
