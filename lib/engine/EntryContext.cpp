//===- EntryContext.cpp - What callbacks are called under -------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/EntryContext.h"
#include "engine/State.h"
#include "model/Idioms.h"

using namespace netdev;

int8_t EntryContext::of(const Slot *S) {
  if (!S || !S->Row)
    return State::UnknownRtnl;
  ValueTable &T = P.values();
  // Only chains of network devices are called with the RTNL held.
  if (T.text(S->Struct) == NotifierRecord && !P.isNetdevNotifier(S->Table))
    return State::UnknownRtnl;
  switch (S->Row->Rtnl) {
  case EntryRtnl::Held:
    return 1;
  case EntryRtnl::NotHeld:
    return handedOver(*S) ? State::UnknownRtnl : 0;
  case EntryRtnl::Either:
    break;
  }
  return State::UnknownRtnl;
}

int8_t EntryContext::of(const Binding &B) const {
  // Work and threads start without it; what interrupts them never has it.
  static const llvm::StringRef Without[] = {
      "work",        "delayed-work", "rcu-work",
      "kthread",     "kthread-work", "kthread-delayed-work",
      "timer",       "hrtimer",      "tasklet",
      "napi",        "urb",          "irq",
      "rcu-callback"};
  if (llvm::is_contained(Without, B.Class))
    return 0;
  if (B.Class == "notifier" && P.isNetdevNotifier(B.Object))
    return 1;
  return State::UnknownRtnl;
}

bool EntryContext::isAtomic(FuncId F) const {
  static const llvm::StringRef Interrupting[] = {"timer", "hrtimer", "tasklet",
                                                 "napi", "rcu-callback"};
  bool Any = false;
  for (const Slot &S : P.slots())
    if (S.Func == F) {
      Any = true;
      // What is sometimes called with the RTNL held may sleep then.
      if (!S.Row || !S.Row->Atomic || S.Row->Rtnl != EntryRtnl::NotHeld)
        return false;
    }
  for (const Binding &B : P.bindings())
    if (B.Handler == F) {
      Any = true;
      if (!llvm::is_contained(Interrupting, B.Class))
        return false;
    }
  return Any && P.func(F).Callers.empty();
}

uint8_t EntryContext::after(const FuncInfo &I, const ir::Inst &In,
                            uint8_t Before) {
  if (In.Kind != ir::InstKind::Call || !In.Callee)
    return Before;
  constexpr uint8_t All = (1u << (2 * Zero + 1)) - 1;
  if (const ApiFunction *A = P.callee(I, In).Api) {
    if (A->Does == Role::RtnlUnlock)
      return Before >> 1;
    if (A->Does == Role::RtnlLock || A->Does == Role::RtnlTrylock) {
      uint8_t Taken = uint8_t(Before << 1) & All;
      return A->Ok == Success::Void ? Taken : Taken | Before;
    }
    return Before;
  }
  FuncId C = P.callee(I, In).Body;
  if (C == NoFunc)
    return Before;
  uint8_t Out = 0;
  const Depths &Of = depths(C);
  for (unsigned Bit = 0; Bit <= 2 * Zero; ++Bit)
    if (Of.AtEnd >> Bit & 1)
      Out |= Bit < Zero ? Before >> (Zero - Bit)
                        : uint8_t(Before << (Bit - Zero)) & All;
  return Out;
}

const EntryContext::Depths &EntryContext::depths(FuncId F) {
  auto [It, New] = Known.try_emplace(F, Depths{1u << Zero, 1u << Zero});
  if (!New)
    return It->second; // known, or recursive
  const FuncInfo &I = P.func(F);
  std::vector<uint8_t> At(I.F->Blocks.size());
  std::vector<uint32_t> Work;
  Depths Out;
  auto Reach = [&](uint32_t B, uint8_t Bits) {
    if ((At[B] | Bits) != At[B]) {
      At[B] |= Bits;
      Work.push_back(B);
    }
  };
  if (!At.empty())
    Reach(0, 1u << Zero);
  while (!Work.empty()) {
    const ir::Block &B = I.F->Blocks[Work.back()];
    uint8_t Bits = At[Work.back()];
    Work.pop_back();
    Out.Ever |= Bits;
    for (const ir::Inst &In : B.Insts)
      Out.Ever |= Bits = after(I, In, Bits);
    if (B.Term.Kind == ir::TermKind::Return)
      Out.AtEnd |= Bits;
    for (uint32_t Next : ir::successors(B.Term))
      Reach(Next, Bits);
  }
  return Known[F] = Out;
}

/// \p S may drop the RTNL before it takes it, and another callback of its table
/// may return with it held (pre_reset and post_reset, reload_down and
/// reload_up), or it does nothing but drop it.
bool EntryContext::handedOver(const Slot &S) {
  constexpr uint8_t Below = (1u << Zero) - 1;
  Depths D = depths(S.Func);
  if (!(D.Ever & Below))
    return false;
  if (!(D.Ever & ~(Below | 1u << Zero)))
    return true;
  for (const Slot &O : P.slots())
    if (O.Table == S.Table && O.Func != S.Func &&
        depths(O.Func).AtEnd >> (Zero + 1))
      return true;
  return false;
}
