//===- Memory.cpp - Stores, dead memory, and what loops forget --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Engine.h"
#include "model/Idioms.h"
#include <set>

using namespace netdev;

void Engine::dropFrame(CtxId Ctx, State &S) {
  S.Store.removeIf([&](const auto &E) { return T.isInFrame(E.first, Ctx); });
}

void Engine::dropDead(CtxId Ctx, llvm::ArrayRef<VarId> Dead, State &S) {
  for (VarId V : Dead) {
    ValId A = T.local(Ctx, V);
    // By which variable a device went is worth telling.
    if (const uint32_t *Value = S.Store.lookup(A);
        Value && !S.Devs.contains(*Value))
      S.Store.erase(A);
  }
}

void Engine::setFact(ValId V, Range R, State &S) {
  if (!V || T.get(V).Kind == ValKind::Int)
    return;
  if (R.Signs == Range::Any && !R.Exact)
    S.Facts.erase(V);
  else
    S.Facts.set(V, R.pack());
}

void Engine::dereferenced(ValId Addr, State &S) {
  ValId Root = T.root(Addr);
  if (Root == Addr || T.get(Root).Kind != ValKind::Init)
    return;
  Range R = rangeOf(S, T, Root);
  if ((R.Signs & Range::Zero) && R.Signs != Range::Zero)
    setFact(Root, Range{uint8_t(R.Signs & ~Range::Zero), false, 0}, S);
}

/// \p Addr with the number that an index variable stands for: the same place
/// whichever variable it is reached by.
ValId Engine::place(ValId Addr, const State &S) {
  const Val &A = T.get(Addr);
  switch (A.Kind) {
  case ValKind::Field:
    return T.field(place(A.A, S), A.Name, A.Rec);
  case ValKind::Elem: {
    bool Variable = T.get(A.B).Kind == ValKind::Local;
    return T.elem(place(A.A, S), Variable ? valueAt(S, T, A.B) : A.B);
  }
  default:
    return Addr;
  }
}

/// What leads to \p Dev at \p Place, under any index, does so no more.
void Engine::forgetValue(ValId Dev, ValId Place, State &S) {
  std::vector<uint32_t> Keys;
  for (const auto &E : S.Store)
    if (E.second == Dev && T.root(E.first) == T.root(Place))
      Keys.push_back(E.first);
  for (uint32_t A : Keys)
    S.Store.set(A, T.number(0));
}

/// True if \p Dev's own memory leads to \p Memory: rings that point back.
bool Engine::isOwned(ValId Dev, ValId Memory, const State &S) const {
  const Val &M = T.get(Memory);
  // Made later than the device: not the card that keeps several of them.
  bool Made = M.Kind == ValKind::Fresh && M.Num >= 0 && Memory > Dev;
  return Memory == Dev ||
         (Made && llvm::any_of(S.Store, [&](const auto &E) {
            return E.second == Memory && T.root(E.first) == Dev;
          }));
}

/// True if something read from the array of \p Addr is at hand without being
/// known.
bool Engine::isTakenFrom(ValId Addr, const State &S) const {
  auto IsTaken = [&](ValId Value) {
    const Val &V = T.get(Value);
    return V.Kind == ValKind::Init && T.throughElement(V.A) &&
           T.root(V.A) == T.root(Addr) && P.keyOf(V.A) == P.keyOf(Addr);
  };
  return llvm::any_of(S.Store,
                      [&](const auto &E) { return IsTaken(E.second); }) ||
         llvm::any_of(S.Temps,
                      [&](const TempValue &E) { return IsTaken(E.Value); });
}

void Engine::assign(const Point &At, ValId Addr, ValId Value, State &S) {
  useOf(At, Addr, S);
  dereferenced(Addr, S);
  if (!Value) // something, but not what was there
    Value =
        T.fresh(At.Ctx, int64_t(At.Block) << 20 | At.Inst, T.name("a", Addr));
  for (Observer *O : Observers)
    O->store(At, Addr, Value, S);
  const Val &A = T.get(Addr);
  if (A.Kind == ValKind::Field && A.Rec == DeviceRec) {
    DevField Which = deviceField(T.text(A.Name));
    if (Which != DevField::None)
      deviceStore(At, A.A, Which, Value, S);
  }
  // A device kept where others find it may be freed by them.
  auto Dev = S.Devs.find(T.root(Value));
  if (Dev != S.Devs.end() && !T.isLocalMemory(Addr)) {
    const Val &Root = T.get(T.root(Addr));
    if (Root.Kind == ValKind::Global ||
        (T.throughElement(Addr) &&
         (Dev->second.Many || !isOwned(Dev->first, T.root(Addr), S)))) {
      DevState &D = S.Devs.edit(Dev->first);
      D.Kept = D.Escaped && D.Kept != place(Addr, S) ? 0 : place(Addr, S);
      D.Escaped = true;
    }
  }
  // The only place where others could find it is cleared, and nobody has just
  // taken it from there under a name that is not known to be its own.
  if (rangeOf(S, T, Value).Signs == Range::Zero)
    for (const auto &[Each, D] : FlatMap<DevState>(S.Devs))
      if (D.Kept && D.Kept == place(Addr, S) && !isTakenFrom(Addr, S)) {
        DevState &Now = S.Devs.edit(Each);
        Now.Escaped = false;
        Now.Kept = 0;
        forgetValue(Each, D.Kept, S);
      }
  if (A.Kind == ValKind::Field && isListRecord(T.text(A.Rec)))
    S.Store.erase(workedOff(A.A)); // made anew
  own(Addr, Value, S);
  S.Dangling.erase(Addr);
  // Members of what is overwritten as a whole are unknown now.
  if (!isFaint(At, Addr))
    S.Store.set(Addr, Value);
}

bool Engine::isFaint(const Point &At, ValId Addr) const {
  const Val &A = T.get(Addr);
  if (A.Kind == ValKind::Field)
    return P.isFaint(A.Name);
  return A.Kind == ValKind::Local && A.A == At.Ctx && A.Num >= 0 &&
         P.func(At.Func).Faint.test(A.Num);
}

/// Enough for what one driver makes before it registers; each more is one more
/// state at every label of an error path.
static constexpr size_t MaxOwned = 4;

void Engine::own(ValId Addr, ValId Value, State &S) {
  if (T.isLocalMemory(Addr))
    return;
  bool New = S.Made.contains(Value);
  if (!New && !S.Owned.contains(Value))
    return;
  bool InDevice = S.Devs.contains(T.root(Addr)) && !T.throughElement(Addr);
  disown(Value, S);
  if (InDevice && Owning && S.Owned.size() < MaxOwned)
    S.Owned.insert(Value);
}

void Engine::disown(ValId V, State &S) {
  S.Made.erase(V);
  S.Owned.erase(V);
}

void Engine::deviceStore(const Point &At, ValId Dev, DevField Which,
                         ValId Value, State &S) {
  if (!S.Devs.contains(Dev))
    return;
  DevState &D = S.Devs.edit(Dev);
  switch (Which) {
  case DevField::NeedsFree: {
    Range R = rangeOf(S, T, Value);
    D.NeedsFree = R.Signs == Range::Zero  ? Tri::No
                  : R.Signs & Range::Zero ? Tri::Maybe
                                          : Tri::Yes;
    if (D.NeedsFree == Tri::Yes)
      addStep(At, Dev, "the core will free it: 'needs_free_netdev' is set",
              toText(D.At), S);
    break;
  }
  case DevField::Destructor:
    D.Destructor = T.get(Value).Kind == ValKind::Func ? Value : 0;
    D.DestructorAfter = D.At == Life::Reg;
    break;
  case DevField::RegState:
  case DevField::Ops:
  case DevField::LinkOps:
  case DevField::Parent:
  case DevField::None:
    break;
  }
}

/// Tells of a use of memory whose device is gone.
void Engine::useOf(const Point &At, ValId Addr, State &S) {
  ValId Root = T.root(Addr);
  if (Root == Addr && T.get(Addr).Kind != ValKind::Fresh &&
      T.get(Addr).Kind != ValKind::Init)
    return;
  if (S.Stale.lookup(Root))
    for (Observer *O : Observers)
      O->usedStale(At, Root, S);
  auto It = S.Devs.find(Root);
  // The private area, met before the device that it is a part of.
  if (It == S.Devs.end())
    It = llvm::find_if(
        S.Devs, [&](const auto &D) { return P.privateOf(D.first) == Root; });
  if (It == S.Devs.end() || !It->second.isDead())
    return;
  for (Observer *O : Observers)
    O->usedDead(At, It->first, Addr, S);
}

void Engine::unlink(const Point &At, ValId Node, State &S) {
  if (!Node)
    return;
  std::vector<uint32_t> Links;
  auto IsLink = [&](ValId Addr) {
    const Val &A = T.get(Addr);
    return A.Kind == ValKind::Field && isListRecord(T.text(A.Rec));
  };
  const Val &N = T.get(Node);
  if (N.Kind == ValKind::Init && IsLink(N.A) && !S.Store.lookup(N.A))
    Links.push_back(N.A);
  for (const auto &E : S.Store)
    if (E.second == Node && IsLink(E.first))
      Links.push_back(E.first);
  for (uint32_t A : Links) {
    ValId Next =
        T.fresh(At.Ctx, int64_t(At.Block) << 20 | At.Inst, T.name("next", A));
    forget(Next, S);
    setFact(Next, Range{Range::Pos, false, 0}, S);
    S.Store.set(A, Next);
  }
}

ValId Engine::stepped(const Point &At, const ir::Inst &I, ValId Addr,
                      ValId Value, State &S) {
  const Val &A = T.get(Addr);
  if (A.Kind != ValKind::Local || A.Num < 0)
    return Value;
  // `ports[i]` is the element the variable i stands at: a new one now.
  forget(Addr, S);
  const Val &V = T.get(Value);
  // container_of() what a list leads to, or p = p->next, p++.
  const Val &Inner = T.get(V.A);
  ValId Old = valueAt(S, T, Addr);
  bool Written =
      P.func(At.Func).U->get(I.Value).Kind == ir::ExprKind::ContainerOf;
  bool List = Written && V.Kind == ValKind::Outer &&
              (Inner.Kind == ValKind::Init ||
               (Inner.Kind == ValKind::Fresh && !T.isParameter(V.A)));
  bool Next = Value != Old && T.get(Old).Kind != ValKind::Int &&
              T.get(Value).Kind != ValKind::Binary &&
              T.get(Value).Kind != ValKind::Unary && T.contains(Value, Old) &&
              !I.Init;
  if (!List && !Next)
    return Value;
  ValId Current =
      T.fresh(At.Ctx, int64_t(At.Block) << 20 | At.Inst, T.name("at"));
  forget(Current, S);
  setFact(Current, Range{Range::Pos, false, 0}, S);
  return Current;
}
