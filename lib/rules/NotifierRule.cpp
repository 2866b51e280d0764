//===- NotifierRule.cpp - References that NETDEV_UNREGISTER must drop -*- C++
//-*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-R04, N04: "Any protocol or device that holds a reference should register
/// for netdevice notification, and cleanup and put back the reference if they
/// receive an UNREGISTER event" (net/core/dev.c, netdev_wait_allrefs_any).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class NotifierRule : public Rule {
public:
  using Rule::Rule;
};
} // namespace

std::unique_ptr<Rule> netdev::makeNotifierRule(RuleContext &C) {
  return std::make_unique<NotifierRule>(C);
}
