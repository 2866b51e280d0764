//===- GivenRule.cpp - Devices that a function is given ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L17 of a device that someone else has made and a function registers, not
/// as one of several: who is told that it failed does not expect a registered
/// device. What is made here is LeakRule's.
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class GivenRule : public Rule {
public:
  using Rule::Rule;

  void leftFrame(const Point &At, ValId Ret, const State &S) override {
    if (!E.failed(At.Func, Ret, S))
      return;
    for (const auto &[Dev, D] : S.Devs) {
      const TraceNode *Reg = isLeft(D) ? registration(Dev, S) : nullptr;
      if (Reg && Reg->Ctx == At.Ctx && T.root(Ret) != Dev &&
          !E.isRepeated({Reg->Ctx, Reg->Func, Reg->Block, Reg->Inst}))
        Left[{Dev, Reg->Func}] = At;
    }
  }

  void returned(const Entry &En, const Point &, ValId Ret,
                const State &S) override {
    if (En.Between || !E.failed(En.Func, Ret, S))
      return;
    for (const auto &[Dev, D] : S.Devs) {
      const TraceNode *Reg = isLeft(D) ? registration(Dev, S) : nullptr;
      auto By = Left.find({Dev, Reg ? Reg->Func : NoFunc});
      if (By != Left.end())
        C.report("ND-L17", By->second, S, Dev,
                 "an error is returned while the device stays registered",
                 Precision::High);
    }
  }

private:
  /// Where a function fails and leaves a device as it has registered it.
  std::map<std::pair<ValId, FuncId>, Point> Left;

  static bool isLeft(const DevState &D) {
    return D.From == Origin::Param && D.At == Life::Reg && !D.MaybeGone;
  }

  static const TraceNode *registration(ValId Dev, const State &S) {
    for (const TraceNode *N = S.Steps.get(); N; N = N->Prev.get())
      if (N->Object == Dev && N->State == toText(Life::Reg))
        return N;
    return nullptr;
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeGivenRule(RuleContext &C) {
  return std::make_unique<GivenRule>(C);
}
