//===- RoundsRule.cpp - Devices of earlier rounds of a loop -----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L17 of a loop that makes and registers one device a round: a later round
/// fails and the devices of the earlier ones stay registered. Where nothing
/// runs after the failure (drivers/base/dd.c really_probe()) and nothing that
/// runs before could have undone them, or where another way out of the same
/// function does so.
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class RoundsRule : public Rule {
public:
  using Rule::Rule;

  void leftFrame(const Point &At, ValId Ret, const State &S) override {
    if (S.Rounds.isEmpty() || !E.failed(At.Func, Ret, S) ||
        E.isNeither(At.Func, Ret, S) || !undoesRounds(At.Func))
      return;
    for (ValId Dev : S.Rounds)
      Left.insert({Dev, At});
  }

  void returned(const Entry &En, const Point &At, ValId Ret,
                const State &S) override {
    if (En.Between || S.Rounds.isEmpty() || E.isNeither(En.Func, Ret, S))
      return;
    bool Ends = C.begins(En) && E.failed(En.Func, Ret, S) &&
                llvm::none_of(U.closure(En.Func),
                              [&](FuncId F) { return undoesRounds(F); });
    for (ValId Dev : S.Rounds) {
      auto By = Left.find(Dev);
      if (By != Left.end())
        report(By->second, Dev, S, Precision::High);
      else if (Ends)
        report(At, Dev, S,
               llvm::any_of(U.closure(En.Func),
                            [&](FuncId F) { return U.leavesUnit(F); })
                   ? Precision::Low
                   : Precision::High);
    }
  }

private:
  /// Where a function whose other exits undo the earlier rounds does not.
  std::map<ValId, Point> Left;

  bool undoesRounds(FuncId F) {
    for (uint32_t B = 0; B < P.func(F).F->Blocks.size(); ++B)
      if (P.sweep(F, B) == Sweep::Ends)
        return true;
    return false;
  }

  void report(const Point &At, ValId Dev, const State &S, Precision Trust) {
    C.report("ND-L17", At, S, Dev,
             "an error is returned while the devices of earlier rounds of the "
             "loop stay registered",
             Trust);
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeRoundsRule(RuleContext &C) {
  return std::make_unique<RoundsRule>(C);
}
