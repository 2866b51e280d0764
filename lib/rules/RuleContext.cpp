//===- RuleContext.cpp - What rules share -----------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"
#include "rules/Registry.h"
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

std::string RuleContext::describe(const Caller &Who) const {
  const ValueTable &T = E.values();
  if (Who.Table)
    return "'" + T.text(Who.Table->Field).str() + "'";
  return "the handler '" + name(Who.Func) + "'";
}

std::string RuleContext::text(FieldKey K) const {
  return E.values().text(K.Rec).str() + "->" + E.values().text(K.Field).str();
}

std::vector<ExtraStep> RuleContext::steps(const Witness &W,
                                          llvm::StringRef Does) {
  std::vector<ExtraStep> Out;
  std::string By = W.From ? describe(*W.From) : std::string();
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
        std::string Message = I == 0 && !By.empty()
                                  ? By + " ('" + F.Name + "') calls '"
                                  : "which calls '";
        Out.push_back(
            {W.Chain[I], B, N, Message + name(W.Chain[I + 1]) + "' here"});
        B = F.F->Blocks.size() - 1;
        break;
      }
  }
  if (W.At) {
    std::string Who = W.Chain.size() > 1 || By.empty()
                          ? "'" + name(W.At->In) + "' "
                          : By + " ('" + name(W.At->In) + "') ";
    Out.push_back(
        {W.At->In, W.At->Block, W.At->Inst, Who + Does.str() + " here"});
  }
  return Out;
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
/// hand may have registered or unregistered it.
static bool stateDependent(llvm::StringRef Rule) {
  static const llvm::StringRef Ids[] = {"ND-L02", "ND-L05", "ND-L06", "ND-L16",
                                        "ND-L17", "ND-O02", "ND-O03"};
  return llvm::is_contained(Ids, Rule);
}

void RuleContext::report(llvm::StringRef RuleId, const Point &P, const State &S,
                         ValId Object, std::string Message, Precision Trust,
                         std::vector<ExtraStep> Extra) {
  const RuleInfo *Info = findRule(RuleId);
  if (!Info)
    return; // the registry decides which rules there are
  // An unknown name may have changed the device behind our back.
  auto Dev = S.Devs.find(Object);
  bool Opaque =
      Dev != S.Devs.end() && Dev->second.Opaque && stateDependent(RuleId);
  if ((!S.Certain || Opaque) && Trust == Precision::High)
    Trust = Precision::Medium;
  Finding F;
  F.Check = Info->Check.str();
  F.Rule = RuleId.str();
  F.Trust = Trust;
  F.Message = std::move(Message);
  F.Where = position(P.Func, P.Block, P.Inst);
  F.Function = name(P.Func);
  std::string Key = F.Check + "\n" + F.Message + "\n" + F.Where.File + ":" +
                    std::to_string(F.Where.Line) + ":" +
                    std::to_string(F.Where.Column);
  auto Old = Found.find(Key);
  if (Old != Found.end() && Old->second.Trust >= Trust)
    return;
  auto Add = [&](FuncId Fn, uint32_t Block, uint32_t Inst, std::string Text,
                 std::string State) {
    Step St;
    St.Where = position(Fn, Block, Inst);
    St.Function = name(Fn);
    St.Message = std::move(Text);
    St.State = std::move(State);
    F.Steps.push_back(std::move(St));
  };
  std::vector<const TraceNode *> Path;
  for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
    if (!Object || !N->Object || N->Object == Object)
      Path.push_back(N);
  std::reverse(Path.begin(), Path.end());
  for (const TraceNode *N : Path)
    Add(N->Func, N->Block, N->Inst, N->Message, N->State);
  for (ExtraStep &X : Extra)
    Add(X.Func, X.Block, X.Inst, std::move(X.Message), "");
  Found[Key] = std::move(F);
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

const Ownership &RuleContext::owners() {
  if (!Owners)
    Owners = std::make_unique<Ownership>(E.program(), U);
  return *Owners;
}

std::vector<Finding> RuleContext::take() {
  std::vector<Finding> Out;
  for (auto &KV : Found)
    Out.push_back(std::move(KV.second));
  Found.clear();
  std::sort(Out.begin(), Out.end(), [](const Finding &A, const Finding &B) {
    return std::tie(A.Where.File, A.Where.Line, A.Where.Column, A.Check,
                    A.Message) < std::tie(B.Where.File, B.Where.Line,
                                          B.Where.Column, B.Check, B.Message);
  });
  return Out;
}
