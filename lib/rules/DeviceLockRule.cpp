//===- DeviceLockRule.cpp - The lock of one device --------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-K12: from 6.15 on the core calls most callbacks of some drivers with the
/// device's own lock held (include/net/netdev_lock.h netdev_need_ops_lock):
/// what takes it (net/core/dev_api.c) waits for itself there. Which devices
/// have it shows where they are registered; other kernels have no row of what
/// takes it.
///
//===----------------------------------------------------------------------===//

#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class DeviceLockRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    if (Ev.Api && Ev.Api->Does == Role::Register && Ev.Dev)
      registered(Ev.Dev, S);
    const Slot *Table = E.running().Table;
    if (!Table || !Table->Row || !Table->Row->DeviceLock)
      return;
    for (const ApiObject &O : Ev.Objects)
      if (O.Does == Act::Lock && isOwn(O, Ev) && !unlocks(Table->Func))
        Calls.push_back({At, S, E.running(), Ev.Shown.str()});
  }

  void finish() override {
    for (const Call &X : Calls)
      if (Locked.count(X.From.Table->Table) &&
          !Plain.count(X.From.Table->Table))
        C.reportLock("ND-K12", X.At, X.S, X.From,
                     "'" + X.By +
                         "' takes the device's own lock, with which this "
                         "callback is called",
                     Precision::High);
  }

private:
  struct Call {
    Point At;
    State S;
    Entry From;
    std::string By;
  };
  std::vector<Call> Calls;
  /// Tables of callbacks of devices that have the lock, and of others.
  std::set<NameId> Locked, Plain;

  ValId member(ValId Dev, llvm::StringRef Field) const {
    return T.field(Dev, T.name(Field), T.name(DeviceRecord));
  }

  void registered(ValId Dev, const State &S) {
    auto Is = [&](llvm::StringRef Field) {
      const uint32_t *V = S.Store.lookup(member(Dev, Field));
      return V && !(E.range(S, *V).Signs & Range::Zero);
    };
    bool Has = Is("queue_mgmt_ops") || Is("request_ops_lock");
    for (llvm::StringRef Field : {"netdev_ops", "ethtool_ops"})
      if (const uint32_t *Table = S.Store.lookup(member(Dev, Field)))
        if (T.get(*Table).Kind == ValKind::Global)
          (Has || P.initial(T.get(*Table).Name, "net_shaper_ops") ? Locked
                                                                  : Plain)
              .insert(T.get(*Table).Name);
  }

  /// What is locked is the device the callback is called for, or its NAPI.
  bool isOwn(const ApiObject &O, const CallEvent &Ev) const {
    const Slot &Table = *E.running().Table;
    ValId V = E.addressOf(O, Ev.Args);
    return V && (Ev.Dev != V || Table.Row->DevArg < 0 ||
                 V == E.parameter(Table.Func, Table.Row->DevArg));
  }

  /// The callback, or what it calls, drops the lock on the way.
  bool unlocks(FuncId Callback) {
    return llvm::any_of(U.closure(Callback), [&](FuncId F) {
      for (const ir::Block &B : P.func(F).F->Blocks)
        for (const ir::Inst &I : B.Insts)
          if (I.Kind == ir::InstKind::Call &&
              llvm::StringRef(P.func(F).U->text(I.Callee))
                  .starts_with("netdev_unlock"))
            return true;
      return false;
    });
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeDeviceLockRule(RuleContext &C) {
  return std::make_unique<DeviceLockRule>(C);
}
