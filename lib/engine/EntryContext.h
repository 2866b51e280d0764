//===- EntryContext.h - What callbacks are called under ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether a callback or handler starts with the RTNL held: catalogue C. A
/// callback that was handed the lock by another one is not what the table says.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_ENTRYCONTEXT_H
#define NETDEV_LINT_ENGINE_ENTRYCONTEXT_H

#include "engine/Program.h"
#include <map>

namespace netdev {

class EntryContext {
public:
  explicit EntryContext(Program &P) : P(P) {}

  /// Depth of the RTNL when the core calls \p S, State::UnknownRtnl if it
  /// differs or is not known; null is unknown.
  int8_t of(const Slot *S);
  /// The same for the handler of \p B.
  int8_t of(const Binding &B) const;

  /// \p F is called where it must not sleep, in whatever part it plays.
  bool isAtomic(FuncId F) const;

private:
  /// Depths of the RTNL a function may reach, relative to where it began,
  /// whatever its conditions say: bit I stands for I - Zero.
  struct Depths {
    uint8_t Ever = 0, AtEnd = 0;
  };
  static constexpr unsigned Zero = 2;

  const Depths &depths(FuncId F);
  uint8_t after(const FuncInfo &I, const ir::Inst &In, uint8_t Before);
  bool handedOver(const Slot &S);

  Program &P;
  std::map<FuncId, Depths> Known;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_ENTRYCONTEXT_H
