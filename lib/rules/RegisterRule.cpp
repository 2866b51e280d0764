//===- RegisterRule.cpp - Registering and unregistering in the wrong state -*-
// C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L05, L06, L16, D03: catalogue A.3 and B.1 (net/core/dev.c
/// register_netdevice, unregister_netdevice_many).
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class RegisterRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (!Ev.Api || !Ev.Before)
      return;
    const DevState &D = *Ev.Before;
    std::string Dev = E.argText(At, Ev.Api->Dev.Index);
    Dev = Dev.empty() ? "the device" : "'" + Dev + "'";
    std::string By = "'" + Ev.Shown.str() + "'";
    switch (Ev.Api->Does) {
    case Role::Register:
    case Role::RegisterDevm:
      if (D.At == Life::Reg || D.At == Life::Unreg ||
          D.At == Life::Unregistering)
        if (D.From != Origin::Param)
          C.report("ND-L16", At, S, Ev.Dev,
                   Dev + " is registered by " + By + " although it is " +
                       toText(D.At).str(),
                   Precision::High);
      break;
    case Role::Unregister:
    case Role::UnregisterFree:
      if (D.DevmRegistered)
        C.report("ND-D03", At, S, Ev.Dev,
                 Dev + " was registered by devres and is unregistered by " +
                     By + "; devres does it again",
                 Precision::High);
      else if (D.At == Life::Alloc || D.At == Life::RegFailed) {
        if (D.From != Origin::Param)
          C.report("ND-L05", At, S, Ev.Dev,
                   Dev + " is unregistered by " + By +
                       (D.At == Life::Alloc
                            ? " although it was never registered"
                            : " although its registration failed"),
                   Precision::High);
      } else if (D.At == Life::Unregistering || D.At == Life::Unreg ||
                 D.At == Life::Dummy)
        C.report("ND-L06", At, S, Ev.Dev,
                 Dev + " is unregistered by " + By + " although it is " +
                     toText(D.At).str(),
                 Precision::High);
      break;
    default:
      break;
    }
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeRegisterRule(RuleContext &C) {
  return std::make_unique<RegisterRule>(C);
}
