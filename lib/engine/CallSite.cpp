//===- CallSite.cpp - What is known of a call without a state ---*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Program.h"

using namespace netdev;

/// The result of a call is what a branch looks at: it may say who keeps what.
static bool decides(const ir::Function &F, const ir::Unit &U, int64_t Temp) {
  return Temp >= 0 && llvm::any_of(F.Blocks, [&](const ir::Block &B) {
           return B.Term.Kind == ir::TermKind::Branch &&
                  ir::mentions(U, B.Term.Cond, Temp);
         });
}

static bool mayKeep(const Program &P, const FuncInfo &F, const ir::Inst &I) {
  const ir::Unit &U = *F.U;
  llvm::StringRef Name = U.text(I.Callee);
  if (Name.empty()) {
    // The device's own callbacks are lent the caller's reference.
    const ir::Expr &Load = U.get(I.Target);
    return Load.Kind != ir::ExprKind::Load ||
           U.text(U.get(Load.A).Record) != DeviceOpsRecord;
  }
  const Model &M = P.model();
  if (M.function(Name) || !M.objects(Name).empty() || M.isHarmless(Name))
    return false;
  if (P.isElsewhere(Name))
    return !soundsLikeReading(Name);
  // A part of the device leads back to it: `xdp->rxq = &queue->xdp_rxq`.
  llvm::StringRef Result = U.text(I.Type);
  bool Part = Result.starts_with("struct ") && Result.ends_with("*");
  return Part || soundsLikeKeeping(Name) || decides(*F.F, U, I.Temp);
}

/// The row of a call behind a pointer, by where that is kept: "record.member".
static const ApiFunction *behindPointer(const Model &M, const ir::Unit &U,
                                        const ir::Inst &I) {
  const ir::Expr &Load = U.get(I.Target), &Member = U.get(Load.A);
  if (!I.Target || Load.Kind != ir::ExprKind::Load ||
      Member.Kind != ir::ExprKind::Field)
    return nullptr;
  return M.function((U.text(Member.Record) + "." + U.text(Member.Name)).str());
}

CallSite::CallSite(const Program &P, FuncId In, const ir::Inst &I,
                   llvm::StringRef Callee)
    : Name(Callee), Body(NoFunc) {
  const FuncInfo &F = P.func(In);
  const Model &M = P.model();
  if (!Name.empty())
    Body = P.find(F.UnitIndex, Name);
  else if (Api = behindPointer(M, *F.U, I); Api)
    Name = Api->Name;
  llvm::StringRef Macro = F.U->text(I.Macro);
  Shown = Macro.empty() ? Name : Macro;
  Api = M.function(Name);
  // ASSERT_RTNL() and friends are a query inside a macro.
  if (Api && Api->Does == Role::RtnlQuery && !Macro.empty())
    if (const ApiFunction *A = M.function(Macro))
      if (A->Does == Role::RtnlAssert)
        Api = A;
  Objects = M.objects(Name);
  Helper = findHelper(Name);
  Section = atomicSection(Name);
  Rcu = rcuStep(Name);
  Unknown = Body == NoFunc && !Api && Objects.empty();
  Harmless = Unknown && M.isHarmless(Name);
  Releases = Unknown && soundsLikeRelease(Name);
  llvm::StringRef Written = F.U->text(I.Callee);
  Elsewhere = Written.empty() || P.isElsewhere(Written);
  MayKeep = Body == NoFunc && mayKeep(P, F, I);
}

const CallSite &Program::callSite(FuncId In, const ir::Inst &I) {
  auto It = Sites.find(&I);
  if (It == Sites.end())
    It = Sites
             .try_emplace(&I, std::make_unique<CallSite>(
                                  *this, In, I, func(In).U->text(I.Callee)))
             .first;
  return *It->second;
}
