//===- Lives.cpp - Lives composed over callbacks ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Lives.h"
#include "model/Idioms.h"

using namespace netdev;

/// Slots that begin a life and those that end it. The bus cores call them so:
/// drivers/base/dd.c (probe, remove), net/core/net_namespace.c (init, exit),
/// drivers/tty/tty_ldisc.c (open, close), drivers/usb/gadget (bind, unbind).
static const struct {
  llvm::StringLiteral Begin, End;
} LifePairs[] = {
    {"probe", "remove"},   {"probe", "disconnect"}, {"probe", "remove_new"},
    {"open", "close"},     {"bind", "unbind"},      {"attach", "detach"},
    {"add", "remove"},     {"init", "exit"},        {"init", "exit_batch"},
    {"setup", "teardown"},
};

namespace {
class Lives {
public:
  explicit Lives(Engine &E) : E(E), P(E.program()), T(E.values()) {}
  void run();

private:
  void pair(const Slot *Begin, FuncId B, const Slot *End, FuncId X);
  void linkOps(const Slot &S);
  void ndoInit(const Slot &S);
  void alone(FuncId F);
  int8_t rtnlOf(const Slot *S) const;
  bool handsOver(FuncId F) const;
  const Slot *sibling(const Slot &S, llvm::StringRef Field) const;
  State between(State S);
  std::set<NameId> writtenByCallbacks() const;

  Engine &E;
  Program &P;
  ValueTable &T;
  std::set<FuncId> Done;
};
} // namespace

int8_t Lives::rtnlOf(const Slot *S) const {
  if (!S || !S->Row)
    return State::UnknownRtnl;
  // Only chains of network devices are called with the RTNL held.
  if (T.text(S->Struct) == "notifier_block" && !P.isNetdevNotifier(S->Table))
    return State::UnknownRtnl;
  switch (S->Row->Rtnl) {
  case EntryRtnl::Held:
    return 1;
  case EntryRtnl::NotHeld:
    // Drops a lock it does not take: another callback has handed it over
    // (pre_reset and post_reset, reload_down and reload_up).
    return handsOver(S->Func) ? State::UnknownRtnl : 0;
  case EntryRtnl::Either:
    break;
  }
  return State::UnknownRtnl;
}

/// \p F drops the RTNL somewhere and takes it nowhere.
bool Lives::handsOver(FuncId F) const {
  bool Drops = false, Takes = false;
  std::vector<FuncId> Work{F};
  std::set<FuncId> Seen{F};
  while (!Work.empty()) {
    const FuncInfo &I = P.func(Work.back());
    Work.pop_back();
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == ir::InstKind::Call)
          if (const ApiFunction *A = P.model().function(I.U->text(In.Callee))) {
            Drops |= A->Does == Role::RtnlUnlock;
            Takes |= A->Does == Role::RtnlLock || A->Does == Role::RtnlTrylock;
          }
    for (FuncId C : I.Callees)
      if (Seen.insert(C).second)
        Work.push_back(C);
  }
  return Drops && !Takes;
}

const Slot *Lives::sibling(const Slot &S, llvm::StringRef Field) const {
  for (const Slot &O : P.slots())
    if (O.Table == S.Table && T.text(O.Field) == Field)
      return &O;
  return nullptr;
}

/// Members any callback or handler may store to: their values are not known
/// any more when the life goes on.
std::set<NameId> Lives::writtenByCallbacks() const {
  std::set<NameId> Out;
  auto Add = [&](FuncId F) {
    Out.insert(P.func(F).Writes.begin(), P.func(F).Writes.end());
  };
  auto IsLifeEnd = [&](llvm::StringRef Field) {
    for (const auto &L : LifePairs)
      if (Field == L.Begin || Field == L.End)
        return true;
    return Field == "setup" || Field == "newlink";
  };
  for (const Slot &S : P.slots())
    if (!IsLifeEnd(T.text(S.Field)))
      Add(S.Func);
  for (const Binding &B : P.bindings())
    Add(B.Handler);
  return Out;
}

State Lives::between(State S) {
  S.Later = true;
  S.Gone = E.maps().Sets.getEmptySet();
  S.Quiet = E.maps().Vals.getEmptyMap();
  std::vector<uint32_t> Stale;
  for (const auto &Entry : S.Store) {
    const Val &A = T.get(Entry.first);
    if (A.Kind == ValKind::Field && E.WrittenLater.count(A.Name) &&
        !S.Devs.count(Entry.second))
      Stale.push_back(Entry.first);
  }
  for (uint32_t A : Stale)
    S.Store = E.maps().Vals.add(
        S.Store, A, T.fresh(0, -2, T.name("later" + std::to_string(A))));
  return S;
}

void Lives::pair(const Slot *Begin, FuncId B, const Slot *End, FuncId X) {
  State S = E.emptyState();
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
  for (ExitState &Exit : Exits) {
    // A probe that failed has no remove (drivers/base/dd.c).
    if (E.failed(B, Exit.Ret, Exit.S))
      continue;
    State Next = between(std::move(Exit.S));
    Next.Rtnl = End ? rtnlOf(End) : 0;
    E.run(Entry{X, End, Next.Rtnl, Begin}, std::move(Next), {});
    Ran = true;
  }
  if (Ran)
    Done.insert(X);
}

/// newlink gets a device that setup has prepared, dellink one that lives.
void Lives::linkOps(const Slot &S) {
  llvm::StringRef Field = T.text(S.Field);
  const FuncInfo &F = P.func(S.Func);
  ValId Dev = 0;
  for (uint32_t I = 0; I < F.F->NumParams && !Dev; ++I)
    if (F.U->text(F.F->Vars[I].Type) == "struct net_device *")
      Dev = E.parameter(S.Func, I);
  State Start = E.emptyState();
  Start.Rtnl = 1;
  if (Dev) {
    DevState D;
    D.From = Origin::LinkOps;
    Start.Devs[Dev] = D;
    Start.Facts = E.maps().Facts.add(Start.Facts, Dev,
                                     Range{Range::Pos, false, 0}.pack());
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
      St.Devs[Dev].At = Life::Reg;
      St.Devs[Dev].WasRegistered = true;
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
  State Start = E.emptyState();
  Start.Rtnl = 1;
  DevState D;
  D.From = Origin::Param;
  D.NeedsFree = Tri::Maybe;
  Start.Devs[E.parameter(S.Func, 0)] = D;
  E.Owning = true;
  E.run(Entry{S.Func, &S, Start.Rtnl, nullptr}, std::move(Start), {});
  E.Owning = false;
  Done.insert(S.Func);
}

void Lives::alone(FuncId F) {
  if (!Done.insert(F).second)
    return;
  State S = E.emptyState();
  const Slot *Table = nullptr;
  bool Disagree = false;
  for (const Slot &O : P.slots())
    if (O.Func == F) {
      Disagree |= Table && rtnlOf(Table) != rtnlOf(&O);
      Table = Table ? Table : &O;
    }
  S.Rtnl = Disagree ? State::UnknownRtnl : rtnlOf(Table);
  // Work and threads start without RTNL; so do the module's own hooks.
  for (const Binding &B : P.bindings())
    if (B.Handler == F && !Table &&
        (B.Class == "work" || B.Class == "delayed-work" ||
         B.Class == "kthread"))
      S.Rtnl = 0;
  if (F == P.moduleInit() || F == P.moduleExit())
    S.Rtnl = 0;
  if (!P.func(F).Lifetime)
    return;
  // The other end of a life whose beginning is not at hand is looked at whole.
  bool End = false;
  for (const auto &L : LifePairs)
    End |= Table && T.text(Table->Field) == L.End;
  E.Narrow = !End;
  E.run(Entry{F, Table, S.Rtnl, nullptr}, std::move(S), {});
  E.Narrow = false;
}

void Lives::run() {
  E.WrittenLater = writtenByCallbacks();
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
    for (const auto &L : LifePairs) {
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
