//===- FixRule.cpp - What would make findings go ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// No rule of its own: it watches what the places of findings see on all paths,
/// and gives those a fix where the same is wrong on each of them.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/Fixes.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class FixRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &) override {
    if (Ev.Api && Ev.Api->Does == Role::Free)
      Freed[{At.Func, At.Block, At.Inst}] |= sight(Ev.Before);
  }

  void usedDead(const Point &At, ValId Dev, ValId, const State &S) override {
    const TraceNode *Free = C.lastStep(S, Dev);
    if (!Free)
      return;
    Point In = At;
    while (In.Ctx != Free->Ctx && T.site(In.Ctx).Parent)
      In = C.caller(In.Ctx);
    const ir::Inst *I = In.Ctx == Free->Ctx ? E.inst(In) : nullptr;
    uint32_t &Last = LastUse[{Free->Func, Free->Block, Free->Inst}];
    Last = std::max(Last, I ? I->Where.Offset : UINT32_MAX);
  }

  void left(const Point &At, ValId Ret, int, const State &S) override {
    std::set<Owned> Now;
    if (!S.Devs.isEmpty() && E.failed(At.Func, Ret, S))
      Now = owned(At, S);
    auto [It, New] = Left.try_emplace({At.Func, At.Block, At.Inst}, Now);
    if (!New)
      for (auto O = It->second.begin(); O != It->second.end();)
        O = Now.count(*O) ? std::next(O) : It->second.erase(O);
  }

  void finish() override {
    if (!E.stats().GivenUp.empty() || !E.stats().Coarse.empty())
      return; // not all paths were seen
    C.offerFixes([&](const Finding &F, const Point &At) -> std::optional<Fix> {
      if (F.Rule == "ND-L03" || F.Rule == "ND-L01")
        return drop(F, At, Gone);
      if (F.Rule == "ND-O01")
        return drop(F, At, ByLinkOps);
      if (F.Rule == "ND-D01")
        return drop(F, At, ByDevres);
      if (F.Rule == "ND-L02")
        return freeLater(F, At);
      if (F.Rule == "ND-L07" || F.Rule == "ND-L09")
        return freeFirst(F, At);
      if (F.Rule == "ND-I01" || F.Rule == "ND-I03")
        return initialiseFirst(F, At);
      return std::nullopt;
    });
  }

private:
  using Place = std::tuple<FuncId, uint32_t, uint32_t>;
  /// A local variable with a device, and the function that frees it.
  using Owned = std::pair<std::string, std::string>;
  /// What a call that frees may find.
  enum Sight : uint8_t {
    Gone = 1,
    ByLinkOps = 2,
    ByDevres = 4,
    Registered = 8,
    Other = 16
  };

  static uint8_t sight(const DevState *D) {
    if (!D)
      return Other;
    if (D->isDead())
      return Gone;
    if (D->From == Origin::LinkOps)
      return ByLinkOps;
    if (D->From == Origin::Devm)
      return ByDevres;
    return D->At == Life::Reg ? Registered : Other;
  }

  bool always(const Point &At, Sight What) const {
    auto It = Freed.find({At.Func, At.Block, At.Inst});
    return It != Freed.end() && It->second == What;
  }

  const ir::Function &body(const Point &At) const { return *P.func(At.Func).F; }
  const ir::Unit &unit(const Point &At) const { return *P.func(At.Func).U; }

  /// The statement that is all of the call at \p At, and can be missed.
  const ir::Stmt *callAlone(const Point &At) const {
    const ir::Inst *I = E.inst(At);
    const ir::Stmt *S =
        I && !I->Macro ? statementAt(body(At), I->Where.Offset) : nullptr;
    return S && !S->Needed && S->End == I->Where.EndOffset + 2 ? S : nullptr;
  }

  std::optional<Fix> drop(const Finding &F, const Point &At, Sight What) const {
    const ir::Stmt *S = callAlone(At);
    if (!S || !always(At, What))
      return std::nullopt;
    return Fix{"take out the call that frees the device again",
               dropped(F.Where.File, *S)};
  }

  /// `free_netdev(dev); unregister_netdev(dev);`, and the device is not used
  /// behind that.
  std::optional<Fix> freeLater(const Finding &F, const Point &At) const {
    const ir::Stmt *S = callAlone(At);
    if (!S || S->Labelled || !always(At, Registered))
      return std::nullopt;
    const ir::Unit &Unit = unit(At);
    const std::vector<ir::Inst> &Insts = body(At).Blocks[At.Block].Insts;
    for (Point Next = At; ++Next.Inst < Insts.size();) {
      const ir::Inst &I = Insts[Next.Inst];
      if (mentions(Unit, I.Dst, At) && I.Kind == ir::InstKind::Assign)
        return std::nullopt; // another device from here on
      if (I.Kind != ir::InstKind::Call || !I.Callee)
        continue;
      const ApiFunction *A = P.model().function(Unit.text(I.Callee));
      if (!A || A->Does != Role::Unregister || I.Args != Insts[At.Inst].Args)
        continue;
      const ir::Stmt *To = callAlone(Next);
      auto Used = LastUse.find({At.Func, At.Block, At.Inst});
      if (!To || To->Parent != S->Parent ||
          (Used != LastUse.end() && Used->second >= To->End))
        return std::nullopt;
      return Fix{"free the device after '" + Unit.text(I.Callee).str() + "'",
                 moved(F.Where.File, *S, To->End)};
    }
    return std::nullopt;
  }

  /// \p Id is the address of a variable that the call at \p At gets.
  bool mentions(const ir::Unit &Unit, ir::ExprId Id, const Point &At) const {
    for (ir::ExprId Arg : E.inst(At)->Args)
      if (Id && reads(Unit, Arg, Id))
        return true;
    return false;
  }

  /// \p In is made of \p What.
  static bool reads(const ir::Unit &U, ir::ExprId In, ir::ExprId What) {
    const ir::Expr &X = U.get(In);
    return In == What || (X.A && reads(U, X.A, What)) ||
           (X.B && reads(U, X.B, What));
  }

  /// The local variables that hold a device which is not registered and which
  /// nobody but this function knows, with what frees it.
  std::set<Owned> owned(const Point &At, const State &S) {
    std::set<Owned> Out;
    const ir::Unit &Unit = unit(At);
    const ir::Function &Fn = body(At);
    for (uint32_t V = Fn.NumParams; V < Fn.Vars.size(); ++V) {
      if (Unit.text(Fn.Vars[V].Type) != DevicePointer)
        continue;
      const uint32_t *Dev = S.Store.lookup(T.local(At.Ctx, V));
      auto D = Dev ? S.Devs.find(*Dev) : S.Devs.end();
      if (D == S.Devs.end() || D->second.From != Origin::Plain ||
          D->second.MaybeGone || D->second.Many)
        continue;
      if (D->second.At == Life::Alloc || D->second.At == Life::Unreg ||
          D->second.At == Life::RegFailed)
        Out.insert({Unit.text(Fn.Vars[V].Name).str(), release(*Dev)});
    }
    return Out;
  }

  std::string release(ValId Dev) const {
    if (std::optional<Point> By = C.madeAt(Dev))
      for (ir::StrId Name : {E.inst(*By)->Macro, E.inst(*By)->Callee})
        if (const ApiFunction *A = P.model().function(unit(*By).text(Name)))
          if (!A->FreeWith.empty())
            return A->FreeWith;
    return PlainRelease.str();
  }

  /// `free_netdev(dev);` before `return err;`
  std::optional<Fix> freeFirst(const Finding &F, const Point &At) const {
    auto It = Left.find({At.Func, At.Block, At.Inst});
    if (It == Left.end() || It->second.size() != 1)
      return std::nullopt;
    const ir::Function &Fn = body(At);
    const ir::Stmt *S = statementAt(Fn, F.Where.Offset);
    if (!S || S->End != F.Where.EndOffset + 2 || !isPlain(unit(At), Fn, *S))
      return std::nullopt;
    const ir::Stmt *If = nullptr;
    if (S->Brace && (!(If = statementAround(Fn, S->Brace - 1)) || If->Brace ||
                     If->Labelled))
      return std::nullopt;
    const auto &[Name, Release] = *It->second.begin();
    return Fix{"free the device before the function returns",
               inserted(F.Where.File, *S, If, Release + "(" + Name + ");")};
  }

  /// \p S calls nothing and reads nothing but variables.
  static bool isPlain(const ir::Unit &U, const ir::Function &F,
                      const ir::Stmt &S) {
    for (const ir::Block &B : F.Blocks)
      for (const ir::Inst &I : B.Insts)
        if (isIn(I, S.Begin, S.End) &&
            (I.Kind == ir::InstKind::Call || !isPlain(U, I.Value)))
          return false;
    return true;
  }
  static bool isPlain(const ir::Unit &U, ir::ExprId Id) {
    const ir::Expr &X = U.get(Id);
    if (X.Kind == ir::ExprKind::Load)
      return U.get(X.A).Kind == ir::ExprKind::Local;
    return (!X.A || isPlain(U, X.A)) && (!X.B || isPlain(U, X.B));
  }

  static bool isIn(const ir::Inst &I, uint32_t Begin, uint32_t End) {
    return !I.Cleanup && I.Where.Offset >= Begin && I.Where.Offset < End;
  }

  /// An initialisation, before the call that registers.
  std::optional<Fix> initialiseFirst(const Finding &F, const Point &At) const {
    const ir::Function &Fn = body(At);
    const Step *Register = nullptr;
    for (const Step &S : F.Steps)
      if (S.State == toText(Life::Reg))
        Register = &S;
    const ir::Stmt *S = statementAt(Fn, F.Where.Offset);
    if (!S || S->Labelled || S->Needed || !Register ||
        Register->Function != F.Function ||
        Register->Where.File != F.Where.File)
      return std::nullopt;
    const ir::Stmt *To = statementAround(Fn, Register->Where.Offset);
    if (!To || To->Parent != S->Parent || To->Begin >= S->Begin || To->Brace ||
        !unlabelled(Fn, To->Begin, S->End) || !isInit(At, *S) ||
        !canPass(At, *S, To->Begin))
      return std::nullopt;
    return Fix{"do this before the device is registered",
               moved(F.Where.File, *S, To->Begin)};
  }

  /// \p S initialises and does nothing that would have to be undone.
  bool isInit(const Point &At, const ir::Stmt &S) const {
    const ir::Unit &Unit = unit(At);
    auto Inits = [&](ir::StrId Name) {
      if (!Name)
        return false;
      if (const ApiFunction *A = P.model().function(Unit.text(Name)))
        return A->Does == Role::PreRegisterSetter;
      llvm::ArrayRef<ApiObject> Rows = P.model().objects(Unit.text(Name));
      return !Rows.empty() && llvm::all_of(Rows, [](const ApiObject &O) {
        return (O.Does == Act::Init || O.Does == Act::Bind) && !O.Devm;
      }) && llvm::any_of(Rows, [](const ApiObject &O) {
        return O.Does == Act::Init;
      });
    };
    for (const ir::Block &B : body(At).Blocks)
      for (const ir::Inst &I : B.Insts)
        if (isIn(I, S.Begin, S.End) && I.Kind == ir::InstKind::Call &&
            !Inits(I.Macro) && !Inits(I.Callee))
          return false;
    return true;
  }

  /// Nothing in [\p Begin, \p S) makes what \p S reads, and all that is called
  /// there is known not to touch what it writes.
  bool canPass(const Point &At, const ir::Stmt &S, uint32_t Begin) const {
    const ir::Unit &Unit = unit(At);
    std::set<ir::ExprId> Reads, Writes;
    for (const ir::Block &B : body(At).Blocks)
      for (const ir::Inst &I : B.Insts)
        if (isIn(I, S.Begin, S.End)) {
          for (ir::ExprId Each : {I.Dst, I.Value, I.Target})
            variables(Unit, Each, Reads);
          for (ir::ExprId Each : I.Args)
            variables(Unit, Each, Reads);
          Writes.insert(I.Dst);
        }
    if (Reads.count(0)) // memory that anybody may write
      return false;
    auto Known = [&](ir::StrId Name) {
      llvm::StringRef Text = Unit.text(Name);
      return Name &&
             (P.model().function(Text) || !P.model().objects(Text).empty() ||
              P.model().isHarmless(Text) ||
              P.model().benignAfterRegister(Text));
    };
    for (const ir::Block &B : body(At).Blocks)
      for (const ir::Inst &I : B.Insts) {
        if (!isIn(I, Begin, S.Begin))
          continue;
        if (I.Kind == ir::InstKind::Call
                ? !Known(I.Callee) && !Known(I.Macro)
                : I.Dst && (Reads.count(I.Dst) || Writes.count(I.Dst)))
          return false;
      }
    return true;
  }

  /// Adds the addresses of the local variables that \p Id reads to \p Out, and
  /// 0 if it reads other memory.
  static void variables(const ir::Unit &U, ir::ExprId Id,
                        std::set<ir::ExprId> &Out) {
    const ir::Expr &X = U.get(Id);
    if (X.Kind == ir::ExprKind::Load) {
      bool Local = U.get(X.A).Kind == ir::ExprKind::Local;
      Out.insert(Local ? X.A : 0);
    }
    if (X.A)
      variables(U, X.A, Out);
    if (X.B)
      variables(U, X.B, Out);
  }

  std::map<Place, uint8_t> Freed;
  /// Where a device is used last that a call freed: the offset in the function
  /// of that call, or past all of it when that has returned.
  std::map<Place, uint32_t> LastUse;
  std::map<Place, std::set<Owned>> Left;
};
} // namespace

std::unique_ptr<Rule> netdev::makeFixRule(RuleContext &C) {
  return std::make_unique<FixRule>(C);
}
