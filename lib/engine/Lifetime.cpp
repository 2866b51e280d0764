//===- Lifetime.cpp - What concerns the life of something -------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which functions are worth executing, in probe and remove and elsewhere.
///
//===----------------------------------------------------------------------===//

#include "engine/Program.h"
#include "model/Idioms.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

/// put_device(&dev->dev) of a net_device.
static bool ofDevice(const ir::Unit &U, const ir::Inst &Call) {
  for (ir::ExprId A : Call.Args) {
    const ir::Expr &E = U.get(A);
    if (E.Kind == ExprKind::Field && U.text(E.Record) == DeviceRecord &&
        U.text(E.Name) == StructDeviceMember)
      return true;
  }
  return false;
}

/// `devs[i]` of an array of devices.
static bool isDeviceElement(const ir::Unit &U, const ir::Expr &E) {
  if (E.Kind != ExprKind::Index)
    return false;
  const ir::Expr *Base = &U.get(E.A);
  if (Base->Kind == ExprKind::Load)
    Base = &U.get(Base->A);
  return U.text(Base->Type).starts_with("struct net_device *");
}

/// \p In clears a place where others found a device.
static bool clearsDevice(const ir::Unit &U, const ir::Inst &In) {
  const ir::Expr &D = U.get(In.Dst), &V = U.get(In.Value);
  return V.Kind == ExprKind::Int && V.Int == 0 &&
         (isDeviceElement(U, D) || (D.Kind == ExprKind::Global &&
                                    U.text(D.Type) == "struct net_device *"));
}

/// The role of \p F, called by \p In. ASSERT_RTNL() and its kin are a query
/// inside a macro; one that does not insist changes nothing, like that of
/// rcu_dereference_rtnl().
static Role roleOf(const Model &M, const ir::Unit &U, const ir::Inst &In,
                   const ApiFunction &F) {
  if (F.Does != Role::RtnlQuery)
    return F.Does;
  const ApiFunction *Macro = M.function(U.text(In.Macro));
  return Macro && Macro->Does == Role::RtnlAssert ? Role::RtnlAssert
                                                  : Role::None;
}

bool Program::assertsRtnl(const FuncInfo &I) const {
  return llvm::any_of(I.Calls, [&](const ir::Inst *In) {
    const ApiFunction *F = callee(I, *In).Api;
    return F && roleOf(M, *I.U, *In, *F) == Role::RtnlAssert;
  });
}

/// \p Call frees a structure that work, a timer or the like is in.
bool Program::freesRunner(const FuncInfo &I, const ir::Inst &Call) const {
  for (const ApiObject &O : callee(I, Call).Objects)
    if (O.Does == Act::Destroy && O.Class == "memory" &&
        O.Object.In == Where::Arg && O.Object.Index < Call.Args.size() &&
        Runners.count(T.name(I.pointee(Call.Args[O.Object.Index]))))
      return true;
  return false;
}

bool Program::touchesLifetime(const FuncInfo &I) const {
  if (I.Small)
    return true;
  const ir::Unit &U = *I.U;
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts) {
      if (In.Kind == InstKind::Call && In.Callee) {
        if (freesRunner(I, In))
          return true;
        if (const ApiFunction *F = callee(I, In).Api) {
          Role Does = roleOf(M, U, In, *F);
          if (Does != Role::None && Does != Role::PrivAccessor &&
              Does != Role::RcuLock && Does != Role::RcuUnlock &&
              Does != Role::LookupBorrowed && Does != Role::Predicate &&
              Does != Role::RtnlAssert)
            return true;
        }
        for (const ApiObject &O : callee(I, In).Objects)
          if (((O.Class == "work" || O.Class == "delayed-work") &&
               (O.Does == Act::CancelSync || O.Does == Act::FlushSync ||
                O.Does == Act::DisableSync)) ||
              (O.Class == "device-ref" && ofDevice(U, In)) ||
              O.Does == Act::Lock)
            return true;
      }
      if (In.Kind == InstKind::Assign && In.Dst) {
        const ir::Expr &D = U.get(In.Dst);
        if (clearsDevice(U, In))
          return true;
        if (D.Kind == ExprKind::Field &&
            ((U.text(D.Record) == StructDevice &&
              U.text(D.Name) == ParentMember) ||
             (U.text(D.Record) == DeviceRecord &&
              deviceField(U.text(D.Name)) != DevField::None)))
          return true;
      }
    }
  return false;
}

/// Local variables of \p I whose value nobody else gets to see: it is not
/// stored or returned, and no function that may keep it is called with it.
llvm::BitVector Program::ownLocals(const FuncInfo &I) const {
  const ir::Unit &U = *I.U;
  llvm::BitVector Own(I.F->Vars.size(), true);
  Own.reset(0, I.F->NumParams);
  auto Gives = [&](ir::ExprId Id) {
    const ir::Expr &E = U.get(Id);
    if (E.Kind == ExprKind::Load && U.get(E.A).Kind == ExprKind::Local)
      Own.reset(U.get(E.A).Int);
    else if (E.Kind == ExprKind::Local)
      Own.reset(E.Int);
  };
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts) {
      if (In.Kind == InstKind::Assign)
        Gives(In.Value);
      if (In.Kind != InstKind::Call)
        continue;
      const Callee &C = callee(I, In);
      bool Keeps =
          !In.Callee || C.Api || C.Helper || C.Body != NoFunc || C.Elsewhere;
      for (const ApiObject &O : C.Objects)
        Keeps |= O.Does == Act::Bind || O.Does == Act::Identity;
      if (Keeps)
        for (ir::ExprId A : In.Args)
          Gives(A);
    }
  return Own;
}

/// \p In, a call, does what \p O says to something that outlives \p I's run.
static bool isForOthers(const ir::Unit &U, const FuncInfo &I,
                        const ir::Inst &In, const ApiObject &O,
                        const llvm::BitVector &Own) {
  if (O.Does == Act::Use || O.Does == Act::Identity)
    return false;
  if (O.Object.In == Where::Arg && O.Object.Field.empty() &&
      O.Object.Index < In.Args.size()) {
    const ir::Expr *E = &U.get(In.Args[O.Object.Index]);
    if (E->Kind == ExprKind::Load)
      E = &U.get(E->A);
    return !(E->Kind == ExprKind::Local && Own.test(E->Int));
  }
  if (O.Object.In != Where::Ret)
    return true;
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &Next : B.Insts)
      if (Next.Kind == InstKind::Assign && Next.Temp < 0 &&
          U.get(Next.Value).Kind == ExprKind::Temp &&
          U.get(Next.Value).Int == In.Temp) {
        const ir::Expr &D = U.get(Next.Dst);
        return !(D.Kind == ExprKind::Local && Own.test(D.Int));
      }
  return true;
}

bool Program::touches(const FuncInfo &I) const {
  const ir::Unit &U = *I.U;
  if (I.Small)
    return true;
  std::optional<llvm::BitVector> Own; // asked for by few
  for (const ir::Block &B : I.F->Blocks)
    for (const ir::Inst &In : B.Insts) {
      if (In.Kind == InstKind::Call && In.Callee) {
        const Callee &C = callee(I, In);
        if (const ApiFunction *F = C.Api)
          if (F->Does != Role::None && F->Does != Role::PrivAccessor &&
              F->Does != Role::RcuLock && F->Does != Role::RcuUnlock)
            return true;
        if (C.Step != RcuStep::None && C.Step != RcuStep::Wait)
          return true;
        for (const ApiObject &O : C.Objects) {
          if (!Own)
            Own = ownLocals(I);
          if (isForOthers(U, I, In, O, *Own))
            return true;
        }
        if (const HelperRow *H = C.Helper)
          if (H->Does == Helper::SetData || H->Does == Helper::SetBit ||
              H->Does == Helper::ClearBit)
            return true;
      }
      if (In.Kind == InstKind::Assign && In.Dst) {
        const ir::Expr &D = U.get(In.Dst);
        if (isDeviceElement(U, D) || clearsDevice(U, In))
          return true;
        if (D.Kind == ExprKind::Field &&
            (U.text(D.Type) == "struct net_device *" ||
             (U.text(D.Record) == StructDevice &&
              U.text(D.Name) == ParentMember) ||
             (U.text(D.Record) == DeviceRecord &&
              deviceField(U.text(D.Name)) != DevField::None) ||
             M.fieldBinding(U.text(D.Record), U.text(D.Name))))
          return true;
      }
    }
  return false;
}
