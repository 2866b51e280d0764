//===- Engine.cpp - Property simulation over facts --------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"
#include "model/Idioms.h"
#include <set>

using namespace netdev;
using ir::InstKind;
using ir::TermKind;

/// Property states kept at one block, and block states of one entry. Counted,
/// never by time; what runs out is named in the statistics.
static constexpr size_t MaxStates = 40;
static constexpr uint64_t MaxSpent = 42000;
/// From half of them on, those that differ in more than their devices are
/// merged (coarsen()), and any when there is no room. Of a huge entry, more
/// states of a block and exits of a function are.
static constexpr size_t FewStates = 3, FewExits = 4;

Observer::~Observer() = default;

llvm::StringRef netdev::toText(Life L) {
  switch (L) {
  case Life::Alloc:
    return "allocated";
  case Life::RegFailed:
    return "registration failed";
  case Life::Reg:
    return "registered";
  case Life::Queued:
    return "queued for unregistration";
  case Life::Unregistering:
    return "unregistering";
  case Life::Unreg:
    return "unregistered";
  case Life::Freed:
    return "freed";
  case Life::CoreFreed:
    return "freed by the core";
  case Life::Dummy:
    return "dummy";
  }
  return "";
}

ValId Engine::parameter(FuncId F, uint32_t I) const {
  const FuncInfo &Info = P.func(F);
  // The same symbol for every parameter of one record: the pci_dev of probe is
  // the pci_dev of remove. Two of one type in one function are told apart.
  NameId Type = P.nameOf(Info.UnitIndex, Info.F->Vars[I].Type);
  unsigned Nth = 0;
  for (uint32_t K = 0; K < I; ++K)
    Nth += P.nameOf(Info.UnitIndex, Info.F->Vars[K].Type) == Type;
  bool Pointer = T.text(Type).ends_with("*");
  NameId Tag = Pointer ? Type : T.name(Info.Name + "." + T.text(Type).str());
  return T.fresh(0, T.FirstParameter - int64_t(Nth), Tag);
}

ValId Engine::addressOf(const ApiObject &O, llvm::ArrayRef<ValId> Args) {
  if (O.Object.In != Where::Arg || O.Object.Index >= Args.size())
    return 0;
  ValId V = Args[O.Object.Index];
  // Members that a call itself fills are those of the device.
  return O.Object.Field.empty() || !V
             ? V
             : T.field(V, T.name(O.Object.Field), T.name(DeviceRecord));
}

const ir::Inst *Engine::inst(const Point &At) const {
  const ir::Function &F = *P.func(At.Func).F;
  if (At.Block >= F.Blocks.size() || At.Inst >= F.Blocks[At.Block].Insts.size())
    return nullptr;
  return &F.Blocks[At.Block].Insts[At.Inst];
}

bool Engine::failed(FuncId F, ValId Ret, const State &S) const {
  const FuncInfo &I = P.func(F);
  llvm::StringRef Type = I.U->text(I.F->ReturnType);
  if (Type == "void")
    return false;
  uint8_t Signs = range(S, Ret).Signs;
  // A number of the caller's own comes back to it: how many were asked for.
  bool Own = Signs != Range::Neg && T.isParameter(Ret);
  for (uint32_t N = 0; Own && N < I.F->NumParams; ++N)
    if (Ret == parameter(F, N))
      return false;
  return !(Signs & (Type.ends_with("*") ? Range::Pos : Range::Zero));
}

bool Engine::isNeither(FuncId F, ValId Ret, const State &S) const {
  const FuncInfo &I = P.func(F);
  return !I.U->text(I.F->ReturnType).ends_with("*") &&
         range(S, Ret).Signs == Range::Pos;
}

bool Engine::isRepeated(const Point &At) const {
  if (P.inLoop(At.Func, At.Block))
    return true;
  return isCalledAgain(At.Ctx);
}

bool Engine::isCalledAgain(CtxId Ctx) const {
  const ValueTable::Site &Site = T.site(Ctx);
  if (!Site.Parent)
    return false;
  if (Ctx >= CalledAgain.size())
    CalledAgain.resize(Ctx + Ctx / 2 + 1);
  if (!CalledAgain[Ctx])
    CalledAgain[Ctx] = P.inLoop(Site.Block / 65536, Site.Block % 65536) ||
                               isCalledAgain(Site.Parent)
                           ? 2
                           : 1;
  return CalledAgain[Ctx] == 2;
}

std::string Engine::argText(const Point &At, unsigned I) const {
  const ir::Inst *In = inst(At);
  const FuncInfo &F = P.func(At.Func);
  if (!In || I >= In->Args.size())
    return "";
  std::string S = ir::toC(*F.U, F.F, In->Args[I]);
  // A result used in place has no name to show.
  return S.empty() || S[0] == '%' || S[0] == '?' ? "" : S;
}

void Engine::addStep(const Point &At, ValId Object, std::string Message,
                     llvm::StringRef After, State &S, int8_t Taken) {
  // A loop must not make traces grow without end.
  if (const TraceNode *Last = S.Steps.get();
      Last && Last->Func == At.Func && Last->Block == At.Block &&
      Last->Inst == At.Inst && Last->Message == Message)
    return;
  auto N = std::make_shared<TraceNode>();
  N->Prev = S.Steps;
  N->Ctx = At.Ctx;
  N->Func = At.Func;
  N->Block = At.Block;
  N->Inst = At.Inst;
  N->Object = Object;
  N->Taken = Taken;
  N->Message = std::move(Message);
  N->State = After.str();
  S.Steps = std::move(N);
}

std::vector<ExitState> Engine::run(const Entry &E, State S,
                                   std::vector<ValId> Args) {
  const FuncInfo &Info = P.func(E.Func);
  for (uint32_t I = Args.size(); I < Info.F->NumParams; ++I)
    Args.push_back(parameter(E.Func, I));
  // What a callback is called for is there.
  if (E.Table && !Args.empty() && Info.F->NumParams &&
      Info.U->text(Info.F->Vars[0].Type).ends_with("*") &&
      rangeOf(S, T, Args[0]).Signs == Range::Any)
    setFact(Args[0], Range{Range::Pos, false, 0}, S);
  if (!E.sameAs(Running)) {
    Spent = 0;
    Settled.clear();
  }
  Running = E;
  S.Taken = 0;
  S.Atomic = E.Atomic;
  CtxId Ctx = T.context(0, E.Func, 0, 0);
  std::vector<ExitState> Exits = execute(E.Func, Ctx, std::move(S), Args);
  for (ExitState &X : Exits)
    for (Observer *O : Observers)
      O->returned(E, X.At, X.Ret, X.S);
  return Exits;
}

bool Engine::mergeable(const State &A, const State &B, const Point &At,
                       int64_t Temp) {
  return A.sameProperty(B) && sameOutcome(A, B, At, Temp);
}

bool Engine::sameOutcome(const State &A, const State &B, const Point &At,
                         int64_t Temp) {
  auto Outcome = [&](const State &S, ValId V) {
    uint8_t Signs = rangeOf(S, T, V).Signs;
    return Signs == Range::Zero ? 0 : Signs & Range::Zero ? 1 : 2;
  };
  for (int64_t Var : P.func(At.Func).OutcomeVars) {
    ValId Place = T.local(At.Ctx, Var);
    if (Outcome(A, valueAt(A, T, Place)) != Outcome(B, valueAt(B, T, Place)))
      return false;
  }
  return Temp < 0 ||
         Outcome(A, temp(At, Temp, A)) == Outcome(B, temp(At, Temp, B));
}

void Engine::addState(std::vector<State> &Into, State &&S, const Point &At) {
  const ir::Inst *I = inst(At);
  int64_t Temp = I && I->Kind == InstKind::Call ? I->Temp : -1;
  for (State &Old : Into)
    if (mergeable(Old, S, At, Temp)) {
      join(Old, S, T, At.Ctx, At.Block);
      return;
    }
  Into.push_back(std::move(S));
}

void Engine::addExit(std::vector<ExitState> &Into, ExitState &&X,
                     const Point &At) {
  uint8_t Signs = rangeOf(X.S, T, X.Ret).Signs;
  auto HasSigns = [&](const ExitState &Old) {
    return rangeOf(Old.S, T, Old.Ret).Signs == Signs;
  };
  auto SameResult = [&](const ExitState &Old) {
    bool IsDevice = X.S.Devs.contains(X.Ret) || Old.S.Devs.contains(Old.Ret);
    return (!IsDevice || X.Ret == Old.Ret) && HasSigns(Old);
  };
  auto To = llvm::find_if(Into, [&](const ExitState &Old) {
    return SameResult(Old) && Old.S.sameProperty(X.S);
  });
  if (To == Into.end() && isHuge() && Into.size() >= FewExits)
    To = llvm::find_if(Into, [&](ExitState &Old) {
      return SameResult(Old) && coarsen(Old.S, X.S);
    });
  if (To != Into.end()) {
    ExitState &Old = *To;
    // The results become one symbol with the same signs.
    ValId Ret = Old.Ret;
    if (Old.Ret != X.Ret) {
      Ret = T.fresh(At.Ctx, -1, T.name("ret", Signs));
      setFact(Ret, Range{Signs, Signs == Range::Zero, 0}, Old.S);
      setFact(Ret, Range{Signs, Signs == Range::Zero, 0}, X.S);
    }
    join(Old.S, X.S, T, At.Ctx, ~0u >> 1);
    Old.Ret = Ret;
    return;
  }
  Into.push_back(std::move(X));
}

std::vector<ExitState> Engine::execute(FuncId F, CtxId Ctx, State S,
                                       llvm::ArrayRef<ValId> Args) {
  const ir::Function &Fn = *P.func(F).F;
  ++Stats.Executions;
  int8_t Taken = S.Taken;
  for (uint32_t I = 0; I < Fn.NumParams && I < Args.size(); ++I) {
    // An index of an earlier call of this function from the same place.
    if (!P.func(F).U->text(Fn.Vars[I].Type).ends_with("*") && !S.Devs.isEmpty())
      forget(T.local(Ctx, I), S);
    if (!P.func(F).Faint.test(I))
      S.Store.set(T.local(Ctx, I), Args[I]);
  }

  struct Work {
    std::vector<State> States;
    llvm::SmallVector<bool, 4> Dirty;
    ValMap Phis; ///< by address: symbols made where paths meet here
  };
  std::vector<Work> Blocks(Fn.Blocks.size());
  const Flow &Way = P.flow(F);
  llvm::BitVector Queue(Way.Order.size()); ///< places in its order
  auto Push = [&](uint32_t B, State &&St, bool Round) {
    Work &W = Blocks[B];
    dropDead(Ctx, Way.Dead[B], St);
    if (Round)
      roundEnds(St);
    if (!St.Devs.isEmpty() || !St.Rounds.isEmpty())
      if (P.sweep(F, B) != Sweep::None) {
        St.Rounds.clear();
        St.Swept = true;
      }
    // The variable has moved on: its symbol will stand for something new.
    if (uint64_t Parts = W.Phis.isEmpty() ? 0 : partsOfTracked(St))
      for (auto [Addr, Phi] : W.Phis)
        if ((Parts & T.partBit(Phi)) && isKnownThrough(Phi, St) &&
            valueAt(St, T, Addr) != Phi)
          forget(Phi, St);
    auto Meet = [&](size_t I, bool Changed) {
      if (join(W.States[I], St, T, Ctx, B, &W.Phis) || Changed) {
        W.Dirty[I] = true;
        Queue.set(Way.Place[B]);
      }
    };
    Point Here{Ctx, F, B, 0};
    for (size_t I = 0; I < W.States.size(); ++I)
      if (mergeable(W.States[I], St, Here))
        return Meet(I, false);
    size_t Count = W.States.size();
    bool Full = Count >= (isHuge() ? FewStates : MaxStates);
    for (bool SameDevs : {true, false}) {
      if (!Full && (!SameDevs || Count < MaxStates / 2))
        break;
      for (size_t I = 0; I < Count; ++I) {
        State &Old = W.States[I];
        if ((SameDevs && Old.Devs != St.Devs) || !sameOutcome(Old, St, Here))
          continue;
        const Property Before = Old;
        if (coarsen(Old, St))
          return Meet(I, !Old.sameProperty(Before));
      }
    }
    if (Count >= MaxStates) {
      Stats.GivenUp.insert(F);
      return;
    }
    W.States.push_back(std::move(St));
    W.Dirty.push_back(true);
    Queue.set(Way.Place[B]);
  };

  std::vector<ExitState> Exits;
  std::map<std::pair<uint32_t, size_t>, std::vector<ExitState>> ByState;
  Push(0, std::move(S), false);
  // Here for their memory.
  std::vector<State> Cur, Next;
  for (int First; (First = Queue.find_first()) >= 0;) {
    uint32_t B = Way.Order[First];
    Queue.reset(First);
    for (size_t N = 0; N < Blocks[B].States.size(); ++N) {
      if (!Blocks[B].Dirty[N])
        continue;
      Blocks[B].Dirty[N] = false;
      ++Stats.States;
      if (++Spent > MaxSpent) {
        Stats.GivenUp.insert(F);
        break;
      }
      // Where no loop leads back all ways have come: nothing is met again.
      llvm::MutableArrayRef<State> Now = Blocks[B].States[N];
      if (Way.Looped.test(B)) {
        Cur.assign(1, Now.front());
        Now = Cur;
      }
      Point At{Ctx, F, B, 0};
      for (const ir::Inst &I : Fn.Blocks[B].Insts) {
        Next.clear();
        // The state itself goes on, but for calls that have several ends.
        auto GoesOn = [&](State &St) {
          if (I.Kind != InstKind::Call) {
            step(At, I, St);
            return true;
          }
          auto After = call(At, I, St);
          if (!After)
            return true;
          for (State &Out : *After)
            addState(Next, std::move(Out), At);
          return false;
        };
        bool One = Now.size() == 1;
        if (!One || !GoesOn(Now.front())) {
          for (State &Each : Now)
            if (!One && GoesOn(Each))
              addState(Next, std::move(Each), At);
          Cur.swap(Next);
          Now = Cur;
        }
        ++At.Inst;
      }
      const ir::Terminator &Term = Fn.Blocks[B].Term;
      std::vector<ExitState> Returns;
      for (State &Each : Now) {
        if (Term.Kind == TermKind::Return) {
          ValId Ret = Term.Cond ? eval(At, Term.Cond, Each) : 0;
          for (Observer *O : Observers)
            O->left(At, Ret, Each.Taken - Taken, Each);
          dropTemps(Ctx, Each);
          dropFrame(Ctx, Each);
          for (Observer *O : Observers)
            O->leftFrame(At, Ret, Each);
          // What the entry itself leaves, rules look at when it has returned.
          if (T.site(Ctx).Parent)
            collect(At, Ret, Each);
          addExit(Returns, ExitState{std::move(Each), Ret, At}, At);
          continue;
        }
        branch(At, Term, std::move(Each), [&](uint32_t To, State &&Out) {
          dropTemps(Ctx, Out);
          Push(To, std::move(Out), Way.Place[To] <= Way.Place[B]);
        });
      }
      // A state that is visited again replaces what it gave before.
      if (Term.Kind == TermKind::Return)
        ByState[{B, N}] = std::move(Returns);
    }
  }
  for (auto &Entry : ByState)
    for (ExitState &X : Entry.second)
      addExit(Exits, std::move(X), Point{Ctx, F, 0, 0});
  return Exits;
}

void Engine::step(const Point &At, const ir::Inst &I, State &S) {
  ValId V = eval(At, I.Value, S);
  if (I.Kind != InstKind::Assign)
    return;
  if (I.Temp >= 0) {
    setTemp(At, I.Temp, V, S);
    return;
  }
  if (ValId A = eval(At, I.Dst, S))
    assign(At, A, stepped(At, I, A, V, S), S);
}
