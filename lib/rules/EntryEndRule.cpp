//===- EntryEndRule.cpp - Entries that end with their reference -----------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R01: entries of a list or table that keep a reference end in several
/// functions: one when the user deletes it, one when the device goes, one when
/// the module does. All but one drop what the entry keeps.
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/Ownership.h"
#include "rules/RuleContext.h"

using namespace netdev;
using ir::ExprKind;
using ir::InstKind;

namespace {
class EntryEndRule : public Rule {
public:
  explicit EntryEndRule(RuleContext &C) : Rule(C), O(C.owners()) {}

  void finish() override {
    std::set<NameId> Keepers;
    for (const RefSite &X : O.sites())
      if (!X.Takes && X.Counts)
        for (FieldKey K : {X.Owner, X.Tracker})
          if (K.Rec && T.text(K.Rec) != GlobalRecord)
            Keepers.insert(K.Rec);
    for (NameId Rec : Keepers)
      compare(Rec);
  }

private:
  /// Where a function that has found an entry ends it.
  struct End {
    FuncId F = NoFunc;
    uint32_t Block = 0, Inst = 0;
    ir::ExprId Entry = 0; ///< address of the variable
  };

  const Ownership &O;
  NameId Record = 0;   ///< what is compared
  std::string Pointer; ///< the type of a pointer to it

  /// \p X drops what an entry keeps, by name.
  bool dropsOf(const RefSite &X) const {
    return (!X.Takes || X.Swaps) &&
           (X.Owner.Rec == Record || X.Via.Rec == Record ||
            X.Tracker.Rec == Record);
  }

  /// What \p F runs drops what such an entry keeps.
  bool drops(FuncId F) const {
    return O.findIn(F, [&](const RefSite &S) { return dropsOf(S); });
  }

  void compare(NameId Rec) {
    Record = Rec;
    Pointer = "struct " + T.text(Rec).str() + " *";
    std::vector<End> Good, Bad;
    bool LastUser = false; // something drops when the last user lets go
    for (const End &X : endsOf()) {
      if (isFresh(X) || O.findIn(X.F, [](const RefSite &S) { return S.Takes; }))
        continue; // what was made is undone
      if (!drops(X.F))
        Bad.push_back(X);
      else if (isParameter(X) &&
               llvm::any_of(U.callers(),
                            [&](const Caller &Who) { return Who.Func == X.F; }))
        LastUser = true;
      else
        Good.push_back(X);
    }
    llvm::erase_if(Bad, [&](const End &X) {
      return (LastUser && !U.releases(X.F, Record)) || mayDropElsewhere(X) ||
             handsOn(X, Good) || isEmpty(X);
    });
    if (Bad.size() != 1 || Good.empty())
      return;
    const End &X = Bad.front();
    const RefSite *Put =
        O.findIn(Good.front().F, [&](const RefSite &S) { return dropsOf(S); });
    C.report("ND-R01", Point{0, X.F, X.Block, X.Inst}, State(), 0,
             "the reference that a '" + Pointer.substr(0, Pointer.size() - 2) +
                 "' keeps is not dropped where '" + C.name(X.F) +
                 "' ends it, as '" + C.name(Good.front().F) + "' does",
             Precision::High,
             {{Put->F, Put->Block, Put->Inst,
               "'" + C.name(Put->F) + "' drops it here"}});
  }

  //===--- Where entries end
  //---------------------------------------------------===//

  /// The first end in each function that finds its entry: it releases it, or
  /// takes it out of its list and lets go of it.
  std::vector<End> endsOf() {
    std::vector<End> Out;
    std::set<FuncId> Unlinks; // of an entry that they are given
    for (size_t Before = ~0u; Before != Unlinks.size();) {
      Before = Unlinks.size();
      Out.clear();
      for (FuncId F = 0; F < P.functions().size(); ++F)
        if (std::optional<End> X = endIn(F, Unlinks)) {
          if (!isParameter(*X) || drops(F) || isHanded(*X))
            Out.push_back(*X);
          else if (!releases(P.func(F), X->Block, X->Inst))
            Unlinks.insert(F);
        }
    }
    return Out;
  }

  /// Its function was given the entry of \p X, or something inside it.
  bool isParameter(const End &X) const {
    const FuncInfo &I = P.func(X.F);
    auto Given = [&](ir::ExprId Var) {
      const ir::Expr &V = I.U->get(Var);
      return V.Kind == ExprKind::Local && V.Int < int64_t(I.F->NumParams);
    };
    return Given(X.Entry) || anySet(X, [&](ir::ExprId Value) {
             const ir::Expr &Outer = I.U->get(Value);
             return Outer.Kind == ExprKind::ContainerOf &&
                    Given(I.U->get(P.throughLocal(X.F, Outer.A)).A);
           });
  }

  /// Its function releases the entry that it is given, and one that calls it
  /// has found that; none of them drops what it keeps.
  bool isHanded(const End &X) const {
    const FuncInfo &I = P.func(X.F);
    bool Ends = U.releases(X.F, Record) ||
                unregistered(I, I.F->Blocks[X.Block].Insts[X.Inst]);
    if (!Ends || I.U->get(X.Entry).Int != 0)
      return false;
    bool Found = false;
    std::vector<FuncId> Up = P.func(X.F).Callers;
    for (size_t Direct = Up.size(), At = 0; At < Up.size(); ++At) {
      FuncId G = Up[At];
      if (At < Direct ? drops(G) : O.find([&](const RefSite &S) {
            return S.F == G && dropsOf(S);
          }) != nullptr)
        return false;
      Found |= At < Direct && givesFound(G, X.F);
      for (FuncId Next : P.func(G).Callers)
        if (Next != X.F && !llvm::is_contained(Up, Next))
          Up.push_back(Next);
    }
    return Found;
  }

  /// \p F calls \p Callee with an entry that it has found.
  bool givesFound(FuncId F, FuncId Callee) const {
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Call && !In.Args.empty() &&
            P.callee(I, In).Body == Callee)
          if (ir::ExprId Var = entry(I, In.Args[0])) {
            End Given{F, 0, 0, Var};
            if (!isParameter(Given) && !isFresh(Given))
              return true;
          }
    return false;
  }

  /// Its function has made the entry of \p X, maybe in a member.
  bool isFresh(const End &X) const {
    const FuncInfo &I = P.func(X.F);
    return anySet(X, [&](ir::ExprId Value) {
      if (U.isMade(X.F, Value))
        return true;
      const ir::Expr &V = I.U->get(Value);
      return V.Kind == ExprKind::Load &&
             llvm::any_of(I.F->Blocks, [&](const ir::Block &B) {
               return llvm::any_of(B.Insts, [&](const ir::Inst &In) {
                 return In.Kind == InstKind::Assign && In.Dst == V.A &&
                        U.isMade(X.F, In.Value);
               });
             });
    });
  }

  /// \p Fn holds for a value that the entry's variable is set to.
  template <typename Pred> bool anySet(const End &X, Pred Fn) const {
    for (const ir::Block &B : P.func(X.F).F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == InstKind::Assign && In.Temp < 0 && In.Dst == X.Entry &&
            Fn(In.Value))
          return true;
    return false;
  }

  std::optional<End> endIn(FuncId F, const std::set<FuncId> &Unlinks) {
    const FuncInfo &I = P.func(F);
    for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
      for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
        const ir::Inst &In = I.F->Blocks[B].Insts[N];
        if (ir::ExprId Entry = clears(F, In))
          return End{F, B, N, Entry};
        if (In.Kind != InstKind::Call || !In.Callee || In.Args.empty())
          continue;
        FuncId Callee = P.callee(I, In).Body;
        ir::ExprId Entry = 0;
        if (unlinks(I.U->text(In.Callee)) && letsGo(F))
          Entry = nodeOf(I, In.Args[0]);
        else if (Unlinks.count(Callee))
          Entry = entry(I, In.Args[0]);
        else if (releases(I, B, N))
          Entry = entry(I, In.Args[0]);
        else if (U.isPrivate(Record))
          Entry = unregistered(I, In);
        if (Entry)
          return End{F, B, N, Entry};
      }
    return std::nullopt;
  }

  /// The entry, a device's private area, whose device \p In unregisters.
  ir::ExprId unregistered(const FuncInfo &I, const ir::Inst &In) const {
    const ApiFunction *A = P.callee(I, In).Api;
    if (!A || A->Does != Role::Unregister || A->Dev.In != Where::Arg ||
        A->Dev.Index >= In.Args.size())
      return 0;
    const ir::Expr &Dev = I.U->get(In.Args[A->Dev.Index]);
    return Dev.Kind == ExprKind::Load ? nodeOf(I, Dev.A) : 0;
  }

  static bool unlinks(llvm::StringRef Name) {
    const HelperRow *H = findHelper(Name);
    return H && H->Does == Helper::Unlink && !Name.contains("move");
  }

  /// The entry whose device \p In forgets.
  ir::ExprId clears(FuncId F, const ir::Inst &In) const {
    const FuncInfo &I = P.func(F);
    const ir::Expr &Value = I.U->get(In.Value);
    FieldKey K = P.keyOf(F, In.Dst);
    if (In.Kind != InstKind::Assign || Value.Kind != ExprKind::Int ||
        Value.Int != 0 || In.Temp >= 0 || K.Rec != Record || !O.isOwner(K) ||
        !looksAt(F, K))
      return 0;
    const ir::Expr &Base = I.U->get(baseOf(I, In.Dst));
    return Base.Kind == ExprKind::Load &&
                   I.U->get(Base.A).Kind == ExprKind::Local
               ? Base.A
               : 0;
  }

  /// \p F knows what \p K is: it does not only set it for the first time.
  bool looksAt(FuncId F, FieldKey K) const {
    return U.findIn(F, K, [&](const Use &X) {
      return X.In == F && X.Kind != UseKind::Write;
    });
  }

  bool releases(const FuncInfo &I, uint32_t Block, uint32_t Inst) const {
    const ir::Inst &In = I.F->Blocks[Block].Insts[Inst];
    for (const ApiObject &Row : P.callee(I, In).Objects)
      if (Row.Does == Act::Destroy && Row.Class == "memory" &&
          Row.Object.In == Where::Arg && Row.Object.Index == 0)
        return true;
    return false;
  }

  /// \p F gives an entry to something that releases it when nobody else uses
  /// it any more.
  bool letsGo(FuncId F) {
    for (FuncId G : U.closure(F)) {
      if (U.releases(G, Record))
        return true;
      const FuncInfo &I = P.func(G);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &In : B.Insts)
          if (In.Kind == InstKind::Call && !In.Args.empty() &&
              entry(I, In.Args[0]) && soundsLikeLettingGo(I.U->text(In.Callee)))
            return true;
    }
    return false;
  }

  /// The variable that \p Value is the value of, if that is an entry.
  ir::ExprId entry(const FuncInfo &I, ir::ExprId Value) const {
    const ir::Expr &X = I.U->get(Value);
    if (X.Kind != ExprKind::Load || I.U->get(X.A).Kind != ExprKind::Local)
      return 0;
    return I.U->text(I.F->Vars[I.U->get(X.A).Int].Type) == Pointer ? X.A : 0;
  }

  /// The same for the entry that \p Node lies in.
  ir::ExprId nodeOf(const FuncInfo &I, ir::ExprId Node) const {
    ir::ExprId Base = baseOf(I, Node);
    return Base ? entry(I, Base) : 0;
  }

  /// The pointer that \p Node is a member, or a member's member, of.
  static ir::ExprId baseOf(const FuncInfo &I, ir::ExprId Node) {
    const ir::Expr *X = &I.U->get(Node);
    if (X->Kind != ExprKind::Field)
      return 0;
    while (I.U->get(X->A).Kind == ExprKind::Field)
      X = &I.U->get(X->A);
    return X->A;
  }

  //===--- Who else may drop
  //---------------------------------------------------===//

  /// Something that \p X runs or sets going, or that leads to it, may drop
  /// what it keeps.
  bool mayDropElsewhere(const End &X) {
    std::vector<FuncId> Up{X.F};
    for (size_t At = 0; At < Up.size(); ++At) {
      if (mayDrop(Up[At]))
        return true;
      for (FuncId Caller : P.func(Up[At]).Callers)
        if (!llvm::is_contained(Up, Caller))
          Up.push_back(Caller);
    }
    for (FuncId F : U.closure(X.F))
      for (const Use &Each : U.usesIn(F))
        if (Each.Kind == UseKind::Object && Each.Row->Does == Act::Arm)
          for (const Binding &B : P.bindings())
            if (B.Object == Each.Key && mayDrop(B.Handler))
              return true;
    return false;
  }

  bool mayDrop(FuncId F) const {
    return O.findIn(F, [&](const RefSite &S) {
      return (!S.Takes || S.Swaps) && O.mayDrop(S, FieldKey{Record, 0}) &&
             !undoes(S);
    });
  }

  /// The function of \p S has itself taken what it drops there: both are its
  /// parameter.
  bool undoes(const RefSite &S) const {
    return S.Param >= 0 && O.find([&](const RefSite &X) {
      return X.F == S.F && X.Takes && X.Param == S.Param;
    });
  }

  /// The entry, or its device, goes to code that is not at hand, and that those
  /// who drop do not call as well.
  bool handsOn(const End &X, llvm::ArrayRef<End> Good) {
    for (FuncId F : U.closure(X.F)) {
      const FuncInfo &I = P.func(F);
      for (const ir::Block &B : I.F->Blocks) {
        if (B.Term.Kind == ir::TermKind::Return &&
            (isDevice(F, B.Term.Cond) || entry(I, B.Term.Cond)))
          return true;
        for (const ir::Inst &In : B.Insts) {
          if (In.Kind == InstKind::Assign && In.Temp < 0 &&
              I.U->get(In.Dst).Kind != ExprKind::Local && isDevice(F, In.Value))
            return true;
          if (In.Kind != InstKind::Call ||
              (In.Callee && !P.isElsewhere(I.U->text(In.Callee))))
            continue;
          if (llvm::any_of(In.Args,
                           [&](ir::ExprId A) {
                             return isDevice(F, A) || entry(I, A) ||
                                    nodeOf(I, A);
                           }) &&
              llvm::none_of(Good,
                            [&](const End &G) { return calls(G.F, I, In); }))
            return true;
        }
      }
    }
    return false;
  }

  /// \p Value is the device that an entry keeps.
  bool isDevice(FuncId F, ir::ExprId Value) const {
    const ir::Unit &Unit = *P.func(F).U;
    const ir::Expr &X = Unit.get(P.throughLocal(F, Value));
    return X.Kind == ExprKind::Load &&
           Unit.text(Unit.get(X.A).Type) == DevicePointer &&
           P.keyOf(F, X.A).Rec == Record;
  }

  /// \p F, or what it runs, makes the call \p In, too: of the same function, or
  /// through the same member.
  bool calls(FuncId F, const FuncInfo &From, const ir::Inst &In) const {
    auto Member = [](const ir::Unit &Unit, ir::ExprId Target) {
      const ir::Expr &Load = Unit.get(Target);
      return Unit.text(Unit.get(Load.A).Name);
    };
    for (FuncId G : U.closure(F)) {
      const FuncInfo &I = P.func(G);
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &Each : B.Insts)
          if (Each.Kind == InstKind::Call &&
              I.U->text(Each.Callee) == From.U->text(In.Callee) &&
              (In.Callee ||
               Member(*I.U, Each.Target) == Member(*From.U, In.Target)))
            return true;
    }
    return false;
  }

  /// \p X is reached only where the entry keeps no device.
  bool isEmpty(const End &X) {
    const FuncInfo &I = P.func(X.F);
    return !ir::isReached(*I.F, X.Block, [&](uint32_t From, uint32_t To) {
      const ir::Terminator &Term = I.F->Blocks[From].Term;
      if (Term.Kind != ir::TermKind::Branch || Term.Succ == Term.Else)
        return false;
      // Which way is taken if there is none.
      const ir::Expr *Cond = &I.U->get(Term.Cond);
      bool None = false; // the value that says so
      for (; Cond->Kind == ExprKind::Unary && I.U->text(Cond->Op) == "!";
           Cond = &I.U->get(Cond->A))
        None = !None;
      if (Cond->Kind == ExprKind::Binary &&
          I.U->get(Cond->B).Kind == ExprKind::Int &&
          I.U->get(Cond->B).Int == 0 && I.U->text(Cond->Op).size() == 2) {
        if (I.U->text(Cond->Op) == "==")
          None = !None;
        else if (I.U->text(Cond->Op) != "!=")
          return false;
        Cond = &I.U->get(Cond->A);
      }
      if (Cond->Kind != ExprKind::Load ||
          I.U->text(I.U->get(Cond->A).Type) != DevicePointer ||
          P.keyOf(X.F, Cond->A).Rec != Record)
        return false;
      return To == (None ? Term.Succ : Term.Else);
    });
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeEntryEndRule(RuleContext &C) {
  return std::make_unique<EntryEndRule>(C);
}
