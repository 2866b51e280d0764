//===- RuleContext.cpp - What rules share -----------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"
#include "engine/LockSteps.h"
#include "model/Idioms.h"
#include "rules/Registry.h"
#include "llvm/ADT/StringSwitch.h"
#include <algorithm>

using namespace netdev;

Position RuleContext::position(FuncId F, uint32_t Block, uint32_t Inst) const {
  const Program &P = E.program();
  const ir::Loc &L = P.where(F, Block, Inst);
  Position Pos;
  Pos.File = P.func(F).U->text(L.File).str();
  Pos.Line = L.Line;
  Pos.Column = L.Col;
  Pos.Offset = L.Offset;
  Pos.EndLine = L.EndLine;
  Pos.EndColumn = L.EndCol;
  Pos.EndOffset = L.EndOffset;
  return Pos;
}

bool RuleContext::begins(const Entry &En) const {
  Program &P = E.program();
  return En.Func == P.moduleInit() ||
         (En.Table && P.values().text(En.Table->Field) == "probe");
}

bool RuleContext::inArea(const Entry &En, ValId Addr) const {
  const ValueTable &T = E.values();
  if (!En.Table || T.text(En.Table->Struct) != "pernet_operations" ||
      T.text(En.Table->Field) != "init")
    return false;
  std::optional<Point> By = madeAt(T.root(Addr));
  return By && E.program().func(By->Func).U->text(E.inst(*By)->Callee) ==
                   "net_generic";
}

std::string RuleContext::describe(const Caller &Who) const {
  const ValueTable &T = E.values();
  if (Who.Table && Who.Table->Field)
    return "'" + T.text(Who.Table->Field).str() + "'";
  return (Who.Handler ? "the handler '"
          : Who.Table ? "the exported '"
                      : "the callback '") +
         name(Who.Func) + "'";
}

std::string RuleContext::text(FieldKey K) const {
  std::string Member = E.values().text(K.Field).str();
  llvm::StringRef Record = E.values().text(K.Rec);
  return Record == GlobalRecord ? Member : Record.str() + "->" + Member;
}

std::vector<ExtraStep> RuleContext::dequeued(const Use &Cancel) {
  return {{Cancel.In, Cancel.Block, Cancel.Inst,
           "'" + Cancel.Row->Name +
               "' takes it off its queue, but does not wait for a handler that "
               "runs"}};
}

std::vector<ExtraStep> RuleContext::steps(const Witness &W,
                                          llvm::StringRef Does) {
  std::vector<ExtraStep> Out;
  // A slot is told with the function in it; the others by that alone.
  std::string By = W.From ? describe(*W.From) : std::string();
  if (W.From && W.From->Table && W.From->Table->Field)
    By += " ('" + name(W.From->Func) + "')";
  for (size_t I = 0; I + 1 < W.Chain.size(); ++I) {
    // The call that leads on.
    const FuncInfo &F = E.program().func(W.Chain[I]);
    for (uint32_t B = 0; B < F.F->Blocks.size(); ++B)
      for (uint32_t N = 0; N < F.F->Blocks[B].Insts.size(); ++N) {
        const ir::Inst &In = F.F->Blocks[B].Insts[N];
        if (In.Kind != ir::InstKind::Call ||
            E.program().find(F.UnitIndex, F.U->text(In.Callee)) !=
                W.Chain[I + 1])
          continue;
        std::string Message =
            I == 0 && !By.empty() ? By + " calls '" : "which calls '";
        Out.push_back(
            {W.Chain[I], B, N, Message + name(W.Chain[I + 1]) + "' here"});
        B = F.F->Blocks.size() - 1;
        break;
      }
  }
  if (W.At) {
    std::string Who = W.Chain.size() > 1 || By.empty()
                          ? "'" + name(W.At->In) + "' "
                          : By + " ";
    Out.push_back(
        {W.At->In, W.At->Block, W.At->Inst, Who + Does.str() + " here"});
  }
  return Out;
}

std::set<NameId> RuleContext::seenAs(ValId Dev, const State &S) const {
  ValueTable &T = E.values();
  std::set<NameId> Records;
  ValId Area = T.field(Dev, T.name(PrivateArea), T.name(DeviceRecord));
  auto Look = [&](ValId A) {
    for (; A; A = T.get(A).A) {
      const Val &V = T.get(A);
      if (V.Kind != ValKind::Field && V.Kind != ValKind::Elem)
        break;
      if (V.Kind == ValKind::Field && V.A == Area)
        Records.insert(V.Rec);
    }
  };
  for (const auto &KV : S.Store)
    Look(KV.first);
  for (uint32_t A : S.Ready)
    Look(A);
  return Records;
}

const TraceNode *RuleContext::lastStep(const State &S, ValId Dev) const {
  auto It = S.Devs.find(Dev);
  const TraceNode *N = It == S.Devs.end() ? nullptr : S.Steps.get();
  while (N && (N->Object != Dev || N->State != toText(It->second.At)))
    N = N->Prev.get();
  return N;
}

Point RuleContext::caller(CtxId Ctx) const {
  // Engine::callBody() packs the calling function and its block.
  const ValueTable::Site &S = E.values().site(Ctx);
  return {S.Parent, S.Block / 65536, S.Block % 65536, S.Inst};
}

FuncId RuleContext::entryOf(CtxId Ctx) const {
  const ValueTable &T = E.values();
  while (T.site(Ctx).Parent)
    Ctx = T.site(Ctx).Parent;
  return T.site(Ctx).Func;
}

Point RuleContext::outermost(const Point &P) const {
  Point At = P;
  while (E.values().site(At.Ctx).Parent)
    At = caller(At.Ctx);
  return At;
}

std::string RuleContext::registerCall(const State &S, ValId Dev) const {
  for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
    if (N->Object == Dev && N->State == toText(Life::Reg)) {
      size_t By = N->Message.rfind(" by ");
      if (By != std::string::npos)
        return N->Message.substr(By + 4);
    }
  return "'register_netdev'";
}

/// Rules that rest on the device being in one exact state: code that is not at
/// hand may have registered or unregistered it. Gives the role of the call that
/// this code would have made; None for other rules. Who registers a device and
/// frees it (ND-L02) unregisters it as well.
static Role unseenRole(llvm::StringRef Rule) {
  return llvm::StringSwitch<Role>(Rule)
      .Case("ND-L17", Role::Unregister)
      .Case("ND-O02", Role::Unregister)
      .Case("ND-L05", Role::Register)
      .Case("ND-L06", Role::Register)
      .Case("ND-L16", Role::Register)
      .Case("ND-O03", Role::Register)
      .Default(Role::None);
}

/// What was freed on this path stays freed, what it queued stays on its list,
/// whatever others did to it.
static bool isFinal(llvm::StringRef Rule) {
  return Rule == "ND-L03" || Rule == "ND-L04" || Rule == "ND-Q04";
}

/// Some function of the program makes such a call: it is the driver's habit to
/// do it here, and not in code that is not at hand.
bool RuleContext::doesItself(Role R) const {
  for (FuncId F = 0; F < E.program().functions().size(); ++F)
    if (U.does(F, R))
      return true;
  return false;
}

Step RuleContext::step(FuncId F, uint32_t Block, uint32_t Inst,
                       std::string Message, std::string State) const {
  Step St;
  St.Where = position(F, Block, Inst);
  St.Function = name(F);
  St.Message = std::move(Message);
  St.State = std::move(State);
  return St;
}

void RuleContext::keep(llvm::StringRef RuleId, const Point &P,
                       std::string Message, Precision Trust,
                       const std::vector<Step> &Steps) {
  const RuleInfo *Info = findRule(RuleId);
  if (!Info)
    return; // the registry decides which rules there are
  if (E.program().func(P.Func).Foreign)
    return; // told where that module is analysed
  Finding F;
  F.Check = Info->Check.str();
  F.Rule = RuleId.str();
  F.Trust = Trust;
  F.Message = std::move(Message);
  F.Where = position(P.Func, P.Block, P.Inst);
  F.Function = name(P.Func);
  F.Steps = Steps;
  std::string Key = F.Check + "\n" + F.Message + "\n" + F.Where.File + ":" +
                    std::to_string(F.Where.Line) + ":" +
                    std::to_string(F.Where.Column);
  auto Old = Found.find(Key);
  if (Old == Found.end() || Old->second.F.Trust < Trust)
    Found[Key] = {std::move(F), P};
}

/// The steps of \p S about \p Object (0: all), oldest first.
static std::vector<const TraceNode *> path(const State &S, ValId Object) {
  std::vector<const TraceNode *> Path;
  for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
    if (!Object || !N->Object || N->Object == Object)
      Path.push_back(N);
  std::reverse(Path.begin(), Path.end());
  return Path;
}

void RuleContext::report(llvm::StringRef RuleId, const Point &P, const State &S,
                         ValId Object, std::string Message, Precision Trust,
                         std::vector<ExtraStep> Extra) {
  // An unknown name may have changed the device behind our back.
  auto Dev = S.Devs.find(Object);
  Role Unseen = unseenRole(RuleId);
  bool Opaque = Dev != S.Devs.end() && Dev->second.Opaque &&
                Unseen != Role::None && !doesItself(Unseen);
  bool Certain = S.Certain || isFinal(RuleId);
  if (!Certain && Trust == Precision::High)
    Trust = Precision::Medium;
  // So may code of the driver's other files: linked, they will tell.
  if (Opaque)
    Trust = Precision::Low;
  std::vector<Step> Steps;
  bool Foreign = false;
  auto Add = [&](FuncId F, Step New) {
    Foreign |= F != NoFunc && E.program().func(F).Foreign;
    Steps.push_back(std::move(New));
  };
  for (const TraceNode *N : path(S, Object))
    Add(N->Func, step(N->Func, N->Block, N->Inst, N->Message, N->State));
  for (ExtraStep &X : Extra)
    Add(X.Func, step(X.Func, X.Block, X.Inst, std::move(X.Message)));
  // The rest of that module may know more.
  if (Foreign && Trust == Precision::High)
    Trust = Precision::Medium;
  keep(RuleId, P, std::move(Message), Trust, Steps);
}

std::vector<const TraceNode *> RuleContext::lockSteps(const Point &P,
                                                      const State &S) const {
  auto Root = [&](CtxId Ctx) {
    while (E.values().site(Ctx).Parent)
      Ctx = E.values().site(Ctx).Parent;
    return Ctx;
  };
  std::vector<const TraceNode *> Out;
  for (const TraceNode *N : path(S, E.rtnl()))
    if (N->Object && Root(N->Ctx) == Root(P.Ctx))
      Out.push_back(N);
  return Out;
}

void RuleContext::reportLock(llvm::StringRef RuleId, const Point &P,
                             const State &S, const Entry &From,
                             std::string Message, Precision Trust,
                             std::vector<ExtraStep> Extra) {
  const ValueTable &T = E.values();
  std::vector<Step> Steps;
  if (From.Rtnl != State::UnknownRtnl) {
    std::string As =
        From.Table ? " ('" + T.text(From.Table->Field).str() + "')" : "";
    // Past all blocks is the function itself.
    Steps.push_back(
        step(From.Func, ~0u, 0,
             "'" + name(From.Func) + "'" + As + " is called " +
                 (From.Rtnl ? "with the RTNL held" : "without the RTNL"),
             (From.Rtnl ? LockHeld : LockFree).str()));
  }
  std::vector<CtxId> Frames;
  for (CtxId Ctx = P.Ctx; Ctx; Ctx = T.site(Ctx).Parent)
    Frames.insert(Frames.begin(), Ctx);
  // What happened in a frame came before the call by which the path left it.
  auto FrameOf = [&](CtxId Ctx) {
    while (Ctx && !llvm::is_contained(Frames, Ctx))
      Ctx = T.site(Ctx).Parent;
    return size_t(llvm::find(Frames, Ctx) - Frames.begin());
  };
  std::vector<const TraceNode *> Path = lockSteps(P, S);
  auto Next = Path.begin();
  for (size_t I = 0; I < Frames.size(); ++I) {
    for (; Next != Path.end() && FrameOf((*Next)->Ctx) <= I; ++Next)
      Steps.push_back(step((*Next)->Func, (*Next)->Block, (*Next)->Inst,
                           (*Next)->Message, (*Next)->State));
    if (I + 1 == Frames.size())
      break;
    Point Call = caller(Frames[I + 1]);
    Steps.push_back(step(Call.Func, Call.Block, Call.Inst,
                         "'" + name(Call.Func) + "' calls '" +
                             name(T.site(Frames[I + 1]).Func) + "' here"));
  }
  for (ExtraStep &X : Extra)
    Steps.push_back(step(X.Func, X.Block, X.Inst, std::move(X.Message)));
  keep(RuleId, P, std::move(Message), Trust, Steps);
}

std::optional<Point> RuleContext::madeAt(ValId V) const {
  const ValueTable &T = E.values();
  const Val &X = T.get(V);
  if (X.Kind != ValKind::Fresh || !X.A || X.Num < 0)
    return std::nullopt;
  Point P{X.A, T.site(X.A).Func, 0, 0};
  const ir::Function &Fn = *E.program().func(P.Func).F;
  for (P.Block = 0; P.Block < Fn.Blocks.size(); ++P.Block) {
    const std::vector<ir::Inst> &Insts = Fn.Blocks[P.Block].Insts;
    for (P.Inst = 0; P.Inst < Insts.size(); ++P.Inst)
      if (Insts[P.Inst].Kind == ir::InstKind::Call &&
          Insts[P.Inst].Temp == X.Num)
        return P;
  }
  return std::nullopt;
}

bool RuleContext::isOutcome(const Point &At, ValId Ret, const State &S) const {
  std::optional<Point> Made = madeAt(Ret);
  const FuncInfo &I = E.program().func(At.Func);
  return Made && Made->Ctx == At.Ctx && E.range(S, Ret).Signs == Range::Any &&
         I.F->Blocks[Made->Block].Insts[Made->Inst].Callee &&
         I.U->text(I.F->ReturnType) == "i32";
}

CtxId RuleContext::outermost(CtxId Ctx) const {
  while (E.values().site(Ctx).Parent)
    Ctx = E.values().site(Ctx).Parent;
  return Ctx;
}

const TraceNode *RuleContext::taken(ValId Ref, const State &S) const {
  unsigned Drops = 0;
  for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
    if (N->Object == Ref && N->State == ReferenceDropped)
      ++Drops;
    else if (N->Object == Ref && N->State == ReferenceHeld && !Drops--)
      return N;
  return nullptr;
}

const Ownership &RuleContext::owners() {
  if (!Owners)
    Owners = std::make_unique<Ownership>(E.program(), U);
  return *Owners;
}

void RuleContext::offerFixes(
    llvm::function_ref<std::optional<Fix>(const Finding &, const Point &)>
        Make) {
  for (auto &KV : Found)
    if (Kept &K = KV.second; K.F.Trust == Precision::High)
      if (std::optional<Fix> X = Make(K.F, K.At))
        K.F.Fixes.push_back(std::move(*X));
}

std::vector<Finding> RuleContext::take() {
  std::vector<Finding> Out;
  for (auto &KV : Found)
    Out.push_back(std::move(KV.second.F));
  Found.clear();
  std::sort(Out.begin(), Out.end(), [](const Finding &A, const Finding &B) {
    return std::tie(A.Where.File, A.Where.Line, A.Where.Column, A.Check,
                    A.Message) < std::tie(B.Where.File, B.Where.Line,
                                          B.Where.Column, B.Check, B.Message);
  });
  return Out;
}
