//===- Flow.cpp - Order and liveness inside a function ----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Flow.h"
#include "llvm/ADT/STLExtras.h"

using namespace netdev;
using ir::ExprKind;
using llvm::BitVector;

namespace {
/// Bourdoncle's algorithm: strongly connected components, taken apart again
/// behind their heads.
class WeakOrder {
public:
  WeakOrder(const ir::Function &F, std::vector<uint32_t> &Out,
            BitVector &Looped)
      : F(F), Number(F.Blocks.size()), Out(Out), Looped(Looped) {
    visit(0);
    std::reverse(Out.begin(), Out.end());
  }

private:
  static constexpr uint32_t Done = ~0u;

  /// The least number that is reached from \p B over what is on the stack.
  uint32_t visit(uint32_t B) {
    Stack.push_back(B);
    uint32_t Head = Number[B] = ++Last, Self = Head;
    bool Loop = false;
    for (uint32_t Next : ir::successors(F.Blocks[B].Term)) {
      uint32_t Least = Number[Next] ? Number[Next] : visit(Next);
      if (Least <= Head) {
        Head = Least;
        Loop = true;
      }
    }
    if (Head != Self)
      return Head;
    Number[B] = Done;
    uint32_t Top = Stack.back();
    for (Stack.pop_back(); Top != B; Stack.pop_back()) {
      Number[Top] = 0; // visited again, without the head
      Looped.set(Top);
      Top = Stack.back();
    }
    if (Loop) {
      Looped.set(B);
      for (uint32_t Next : ir::successors(F.Blocks[B].Term))
        if (!Number[Next])
          visit(Next);
    }
    Out.push_back(B);
    return Head;
  }

  const ir::Function &F;
  std::vector<uint32_t> Number, Stack;
  uint32_t Last = 0;
  std::vector<uint32_t> &Out; ///< the last block first
  BitVector &Looped;
};

/// Variables of a function as small numbers: its own, then results of calls.
class Vars {
public:
  explicit Vars(const ir::Function &F) : Own(F.Vars.size()) {}
  size_t bit(VarId V) const { return V >= 0 ? V : Own + size_t(-1 - V); }
  VarId var(size_t Bit) const {
    return Bit < Own ? VarId(Bit) : -1 - VarId(Bit - Own);
  }

private:
  size_t Own;
};

bool setsVariable(const ir::Unit &U, const ir::Inst &I) {
  return I.Kind == ir::InstKind::Assign && I.Temp < 0 &&
         U.get(I.Dst).Kind == ExprKind::Local;
}

/// Calls \p Read with each variable that \p E reads, and \p Given with each
/// whose address it gives away or that it finds an element by.
template <typename ReadFn, typename GivenFn>
void eachUse(const ir::Unit &U, ir::ExprId Id, const ReadFn &Read,
             const GivenFn &Given) {
  if (!Id)
    return;
  const ir::Expr &E = U.get(Id);
  auto IsLoad = [&](ir::ExprId L) {
    return U.get(L).Kind == ExprKind::Load &&
           U.get(U.get(L).A).Kind == ExprKind::Local;
  };
  if (E.Kind == ExprKind::Temp)
    return Read(-1 - E.Int);
  if (E.Kind == ExprKind::Local)
    return Given(E.Int);
  if (IsLoad(Id))
    return Read(U.get(E.A).Int);
  if (E.Kind == ExprKind::Index && IsLoad(E.B))
    Given(U.get(U.get(E.B).A).Int);
  eachUse(U, E.A, Read, Given);
  eachUse(U, E.B, Read, Given);
}

template <typename ReadFn, typename GivenFn>
void eachUse(const ir::Unit &U, const ir::Inst &I, const ReadFn &Read,
             const GivenFn &Given) {
  for (ir::ExprId E : {I.Value, I.Target})
    eachUse(U, E, Read, Given);
  for (ir::ExprId E : I.Args)
    eachUse(U, E, Read, Given);
  if (!setsVariable(U, I))
    eachUse(U, I.Dst, Read, Given);
}
} // namespace

/// One more than the greatest number of a result in \p F.
static size_t numTemps(const ir::Unit &U, const ir::Function &F) {
  int64_t N = 0;
  auto Read = [&](VarId V) { N = std::max(N, -V); };
  auto Given = [](VarId) {};
  for (const ir::Block &B : F.Blocks) {
    for (const ir::Inst &I : B.Insts) {
      N = std::max(N, I.Temp + 1);
      eachUse(U, I, Read, Given);
    }
    eachUse(U, B.Term.Cond, Read, Given);
  }
  return N;
}

Flow::Flow(const ir::Unit &U, const ir::Function &F) {
  order(F);
  liveness(U, F);
}

void Flow::order(const ir::Function &F) {
  Place.resize(F.Blocks.size());
  if (F.Blocks.empty())
    return;
  Looped.resize(F.Blocks.size());
  WeakOrder(F, Order, Looped);
  for (uint32_t I = 0; I < Order.size(); ++I)
    Place[Order[I]] = I;
}

void Flow::liveness(const ir::Unit &U, const ir::Function &F) {
  size_t Temps = numTemps(U, F);
  Vars V(F);
  size_t Size = F.Vars.size() + Temps, N = F.Blocks.size();
  BitVector Known(Size); ///< found in other ways
  Known.set(0, F.NumParams);
  Shared.resize(Temps);
  // By block: read before it is set, set, and live at its start.
  std::vector<BitVector> Reads(N, BitVector(Size)), Sets(Reads), Live;
  std::vector<uint32_t> Home(Temps, N);
  for (uint32_t B = 0; B < N; ++B) {
    auto Meet = [&](VarId T) {
      uint32_t &H = Home[-1 - T];
      if (H != N && H != B)
        Shared.set(-1 - T);
      H = B;
    };
    auto Read = [&](VarId R) {
      if (R < 0)
        Meet(R);
      if (!Sets[B].test(V.bit(R)))
        Reads[B].set(V.bit(R));
    };
    auto Given = [&](VarId G) { Known.set(V.bit(G)); };
    auto Set = [&](VarId S) { Sets[B].set(V.bit(S)); };
    for (const ir::Inst &I : F.Blocks[B].Insts) {
      eachUse(U, I, Read, Given);
      if (setsVariable(U, I)) {
        VarId Var = U.get(I.Dst).Int;
        // Where a pointer was tells that it has moved on: Engine::stepped().
        if (U.text(F.Vars[Var].Type).ends_with("*"))
          Read(Var);
        Set(Var);
      }
      if (I.Temp >= 0) {
        Meet(-1 - I.Temp);
        Set(-1 - I.Temp);
      }
    }
    eachUse(U, F.Blocks[B].Term.Cond, Read, Given);
  }
  Live = Reads;
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (uint32_t B : llvm::reverse(Order))
      for (uint32_t Next : ir::successors(F.Blocks[B].Term)) {
        BitVector In = Live[Next];
        In.reset(Sets[B]);
        if (In.test(Live[B])) {
          Live[B] |= In;
          Changed = true;
        }
      }
  }
  Dead.resize(N);
  std::vector<BitVector> Ends(N, BitVector(Size));
  for (uint32_t B : Order)
    for (uint32_t Next : ir::successors(F.Blocks[B].Term)) {
      Ends[Next] |= Live[B];
      Ends[Next] |= Sets[B];
    }
  for (uint32_t B : Order) {
    Ends[B].reset(Live[B]);
    Ends[B].reset(Known);
    for (unsigned Bit : Ends[B].set_bits())
      if (VarId Each = V.var(Bit); Each >= 0 || Shared.test(-1 - Each))
        Dead[B].push_back(Each);
  }
}
