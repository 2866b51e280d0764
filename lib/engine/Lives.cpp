//===- Lives.cpp - Lives composed over callbacks ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Lives.h"
#include "engine/EntryContext.h"
#include "model/Idioms.h"

using namespace netdev;

const Slot *netdev::endOfLife(Program &P, const Slot &Begin) {
  const ValueTable &T = P.values();
  for (const LifePair &L : lifePairs())
    if (T.text(Begin.Field) == L.Begin)
      for (const Slot &O : P.slots())
        if (O.Table == Begin.Table && T.text(O.Field) == L.End)
          return &O;
  return nullptr;
}

static bool isLifeEnd(llvm::StringRef Field) {
  return Field == "newlink" || beginsLife(Field) || endsLife(Field);
}

static bool hasUnregistered(const State &S) {
  return llvm::any_of(S.Devs, [](const auto &Each) {
    Life At = Each.second.At;
    return At == Life::Alloc || At == Life::RegFailed;
  });
}

namespace {
class Lives {
public:
  explicit Lives(Engine &E)
      : E(E), P(E.program()), T(E.values()), Contexts(E.program()) {}
  void run();

private:
  void pair(const Slot *Begin, FuncId B, const Slot *End, FuncId X);
  void linkOps(const Slot &S);
  void ndoInit(const Slot &S);
  void alone(FuncId F);
  int8_t rtnlOf(const Slot *S) { return Contexts.of(S); }
  void meanwhile(const Slot &Begin, llvm::ArrayRef<State> Alive);
  std::vector<ValId> paramsOf(FuncId F, FuncId Begin);
  const Slot *sibling(const Slot &S, llvm::StringRef Field) const;
  State between(State S);
  State atOnce(State S);
  bool waits(FuncId Last);
  NameSet writtenByCallbacks() const;
  bool isRegisteredLater() const;

  Engine &E;
  Program &P;
  ValueTable &T;
  EntryContext Contexts;
  std::set<FuncId> Done;
  bool RegisteredLater = false;
};
} // namespace

const Slot *Lives::sibling(const Slot &S, llvm::StringRef Field) const {
  for (const Slot &O : P.slots())
    if (O.Table == S.Table && T.text(O.Field) == Field)
      return &O;
  return nullptr;
}

/// Members any callback or handler may store to: their values are not known
/// any more when the life goes on.
NameSet Lives::writtenByCallbacks() const {
  NameSet Out;
  auto Add = [&](FuncId F) { Out.insert(P.func(F).Writes); };
  for (const Slot &S : P.slots())
    // What is exported and makes or frees a device is an end of another life.
    if (!isLifeEnd(T.text(S.Field)) &&
        (!T.text(S.Struct).empty() ||
         !(P.mayDo(S.Func, Role::Alloc) || P.mayDo(S.Func, Role::Free))))
      Add(S.Func);
  for (const Binding &B : P.bindings())
    Add(B.Handler);
  // Other units of the module call what is not static.
  for (FuncId F : P.roots())
    if (!P.func(F).F->Static && !P.mayDo(F, Role::Alloc) &&
        !P.mayDo(F, Role::Free))
      Add(F);
  return Out;
}

/// Work or the like registers devices: what probe leaves unregistered need not
/// stay so.
bool Lives::isRegisteredLater() const {
  return llvm::any_of(P.bindings(), [&](const Binding &B) {
    return P.mayDo(B.Handler, Role::Register);
  });
}

/// The end of a life may follow its beginning at once.
State Lives::atOnce(State S) {
  S.Gone.clear();
  S.Quiet.clear();
  return S;
}

/// \p Last waits for someone: what was put off may be done by then.
bool Lives::waits(FuncId Last) {
  for (FuncId F : P.closure(Last)) {
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == ir::InstKind::Call && In.Callee)
          for (const ApiObject &O : P.callee(I, In).Objects)
            if (O.Does == Act::FlushSync || O.Class == "completion" ||
                O.Class == "waitqueue")
              return true;
  }
  return false;
}

State Lives::between(State S) {
  S = atOnce(std::move(S));
  S.Later = true;
  S.Swept = false;
  for (const auto &[Dev, D] : S.Devs)
    if (D.At == Life::Alloc && RegisteredLater)
      S.Certain = false;
  E.othersWrite(S);
  return S;
}

void Lives::pair(const Slot *Begin, FuncId B, const Slot *End, FuncId X) {
  State S;
  S.Rtnl = Begin ? rtnlOf(Begin) : 0;
  Entry First{B, Begin, S.Rtnl, nullptr};
  Done.insert(B);
  // With a destructor the driver leaves to the core what others must undo.
  E.Owning = Begin && P.isWritten(T.name("priv_destructor"));
  std::vector<ExitState> Exits = E.run(First, std::move(S), {});
  E.Owning = false;
  if (X == NoFunc)
    return;
  bool Ran = false;
  std::vector<State> Alive;
  for (ExitState &Exit : Exits) {
    // A probe that failed has no remove (drivers/base/dd.c).
    if (E.failed(B, Exit.Ret, Exit.S))
      continue;
    auto RunEnd = [&](State Next) {
      Next.Rtnl = End ? rtnlOf(End) : 0;
      E.run(Entry{X, End, Next.Rtnl, Begin}, std::move(Next), {});
    };
    // Nothing need have registered what was not registered here.
    if (hasUnregistered(Exit.S) && !waits(X))
      RunEnd(atOnce(Exit.S));
    State Next = between(std::move(Exit.S));
    Alive.push_back(Next);
    RunEnd(std::move(Next));
    Ran = true;
  }
  if (Ran)
    Done.insert(X);
  if (Begin)
    meanwhile(*Begin, Alive);
}

/// The arguments of \p F, a callback for the bus device that \p Begin was given
/// first: it may get the struct device inside.
std::vector<ValId> Lives::paramsOf(FuncId F, FuncId Begin) {
  auto Type = [&](FuncId Of, uint32_t I) {
    return P.func(Of).U->text(P.func(Of).F->Vars[I].Type);
  };
  std::vector<ValId> Args;
  for (uint32_t I = 0; I < P.func(F).F->NumParams; ++I) {
    ValId Arg = E.parameter(F, I);
    if (I == 0 && Type(F, 0) == "struct device *" &&
        P.func(Begin).F->NumParams) {
      llvm::StringRef Bus = Type(Begin, 0);
      Bus.consume_front("struct ");
      Bus.consume_back(" *");
      llvm::StringRef Member = deviceMember(Bus);
      if (!Member.empty())
        Arg = T.field(E.parameter(Begin, 0), T.name(Member), T.name(Bus));
    }
    Args.push_back(Arg);
  }
  return Args;
}

/// What the bus calls while the life that \p Begin began goes on: the other
/// callbacks of its table, and those of tables that this one points to
/// (driver.pm, err_handler). Only for what is known by then: that there is a
/// registered device.
void Lives::meanwhile(const Slot &Begin, llvm::ArrayRef<State> Alive) {
  static constexpr size_t MaxStarts = 3;
  std::vector<const State *> Starts;
  for (const State &S : Alive)
    for (const auto &[Dev, D] : S.Devs)
      if (D.At == Life::Reg && Starts.size() < MaxStarts) {
        Starts.push_back(&S);
        break;
      }
  std::set<NameId> Tables = P.tablesOf(Begin.Table);
  Tables.insert(Begin.Table);
  std::set<FuncId> Ran;
  for (const Slot &O : P.slots()) {
    if (!Tables.count(O.Table) || !O.Row || O.Row->Rtnl == EntryRtnl::Held ||
        isLifeEnd(T.text(O.Field)) ||
        !(P.func(O.Func).Lifetime || P.func(O.Func).AssertsRtnl) ||
        !Ran.insert(O.Func).second)
      continue;
    for (const State *Start : Starts) {
      State S = *Start;
      // What probe holds is not this callback's to give back.
      S.Refs.clear();
      S.Notifiers = S.Dangling = S.Owned = S.Rounds = ValSet();
      S.Rtnl = rtnlOf(&O);
      Entry En{O.Func, &O, S.Rtnl, nullptr};
      En.Between = true;
      E.Narrow = true;
      E.run(En, std::move(S), paramsOf(O.Func, Begin.Func));
      E.Narrow = false;
      Done.insert(O.Func);
    }
  }
}

/// newlink gets a device that setup has prepared, dellink one that lives.
void Lives::linkOps(const Slot &S) {
  llvm::StringRef Field = T.text(S.Field);
  const FuncInfo &F = P.func(S.Func);
  ValId Dev = 0;
  for (uint32_t I = 0; I < F.F->NumParams && !Dev; ++I)
    if (F.U->text(F.F->Vars[I].Type) == "struct net_device *")
      Dev = E.parameter(S.Func, I);
  State Start;
  Start.Rtnl = 1;
  if (Dev) {
    DevState D;
    D.From = Origin::LinkOps;
    Start.Devs.set(Dev, D);
    Start.Facts.set(Dev, Range{Range::Pos, false, 0}.pack());
  }
  std::vector<State> Starts;
  const Slot *Setup = Field == "setup" ? &S : sibling(S, "setup");
  if (Dev && Setup && P.func(Setup->Func).F->NumParams == 1) {
    for (ExitState &X :
         E.run(Entry{Setup->Func, Setup, Start.Rtnl, nullptr}, Start, {Dev}))
      Starts.push_back(std::move(X.S));
    Done.insert(Setup->Func);
  } else {
    Starts.push_back(std::move(Start));
  }
  if (Setup == &S)
    return;
  for (State &St : Starts) {
    if (Field == "dellink" && Dev) {
      DevState &Now = St.Devs.edit(Dev);
      Now.At = Life::Reg;
      Now.WasRegistered = true;
      St = between(std::move(St));
    }
    E.Owning = Field == "newlink";
    std::vector<ExitState> Exits =
        E.run(Entry{S.Func, &S, St.Rtnl, Setup}, std::move(St), {});
    E.Owning = false;
    for (const ExitState &X : Exits)
      E.dropRtnl(X, Field == "dellink");
  }
  Done.insert(S.Func);
}

/// ndo_init on its own: where it fails nobody undoes what it has done.
void Lives::ndoInit(const Slot &S) {
  if (P.func(S.Func).F->NumParams != 1)
    return;
  State Start;
  Start.Rtnl = 1;
  DevState D;
  D.From = Origin::Param;
  D.NeedsFree = Tri::Maybe;
  Start.Devs.set(E.parameter(S.Func, 0), D);
  E.Owning = true;
  E.run(Entry{S.Func, &S, Start.Rtnl, nullptr}, std::move(Start), {});
  E.Owning = false;
  Done.insert(S.Func);
}

void Lives::alone(FuncId F) {
  if (!Done.insert(F).second)
    return;
  State S;
  const Slot *Table = nullptr;
  bool Disagree = false;
  for (const Slot &O : P.slots())
    if (O.Func == F) {
      Disagree |= Table && rtnlOf(Table) != rtnlOf(&O);
      Table = Table ? Table : &O;
    }
  S.Rtnl = Disagree ? State::UnknownRtnl : rtnlOf(Table);
  if (!Table)
    for (const Binding &B : P.bindings())
      if (B.Handler == F)
        S.Rtnl = Contexts.of(B);
  // A handler that is given away without its object: tcf_queue_work(w, f).
  if (!Table && S.Rtnl == State::UnknownRtnl && P.isHandler(F) &&
      P.func(F).Callers.empty())
    S.Rtnl = 0;
  if (F == P.moduleInit() || F == P.moduleExit())
    S.Rtnl = 0;
  if (!P.func(F).Lifetime && !(P.func(F).AssertsRtnl && S.Rtnl == 0))
    return;
  // The other end of a life whose beginning is not at hand is looked at whole.
  E.Narrow = !(Table && endsLife(T.text(Table->Field)));
  Entry En{F, Table, S.Rtnl, nullptr};
  En.Atomic = Contexts.isAtomic(F);
  E.run(En, std::move(S), {});
  E.Narrow = false;
}

void Lives::run() {
  E.WrittenLater = writtenByCallbacks();
  RegisteredLater = isRegisteredLater();
  for (const Slot &S : P.slots()) {
    llvm::StringRef Struct = T.text(S.Struct), Field = T.text(S.Field);
    // Without a newlink the core registers what setup has prepared.
    if (isLinkOps(Struct) &&
        (Field == "newlink" || Field == "dellink" ||
         (Field == "setup" && !P.initial(S.Table, "newlink")))) {
      linkOps(S);
      continue;
    }
    if (Field == InitCallback && !Done.count(S.Func))
      ndoInit(S);
    for (const LifePair &L : lifePairs()) {
      if (Field != L.Begin)
        continue;
      if (const Slot *End = sibling(S, L.End))
        pair(&S, S.Func, End, End->Func);
    }
  }
  if (P.moduleInit() != NoFunc && !Done.count(P.moduleInit()))
    pair(nullptr, P.moduleInit(), nullptr, P.moduleExit());
  for (FuncId F : P.roots())
    alone(F);
  for (const Binding &B : P.bindings())
    alone(B.Handler);
}

void netdev::runLives(Engine &E) { Lives(E).run(); }
