//===- AllocationRule.cpp - Where a device comes from and goes to -*- C++ -*-=//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-L14, L18, L19, D02, D04: a device is made by alloc_netdev_mqs() and
/// friends, is never NULL where it is registered or freed, and goes to
/// free_netdev() (net/core/dev.c; net/devres.c).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class AllocationRule : public Rule {
public:
  using Rule::Rule;

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    for (const ApiObject &O : Ev.Objects)
      if (O.Does == Act::Destroy && O.Class == "memory" &&
          O.Object.In == Where::Arg && O.Object.Index < Ev.Args.size())
        wrongDeallocator(At, Ev, O.Object.Index, S);
    if (!Ev.Api || !Ev.Dev || !takesDevice(Ev.Api->Does))
      return;
    if (notADevice(At, Ev, S))
      return;
    bool Registers =
        Ev.Api->Does == Role::Register || Ev.Api->Does == Role::RegisterDevm;
    if (Registers && comesFromElsewhere(Ev))
      C.report("ND-L19", At, S, Ev.Dev,
               device(At, Ev) + " is registered by '" + Ev.Shown.str() +
                   "', but 'alloc_netdev' has not made it for that",
               Precision::High);
    if (Ev.Api->Does == Role::RegisterDevm && Ev.Before)
      managed(At, Ev, S);
  }

private:
  std::set<ValId> Told; ///< devices that were NULL somewhere

  static bool takesDevice(Role R) {
    return R == Role::Register || R == Role::RegisterDevm || R == Role::Free ||
           R == Role::Unregister || R == Role::UnregisterFree;
  }

  /// A static or embedded device, a dummy, or plain memory.
  bool comesFromElsewhere(const CallEvent &Ev) const {
    if (T.isAddress(Ev.Dev) || (Ev.Before && Ev.Before->At == Life::Dummy))
      return true;
    std::optional<Point> Made = C.madeAt(Ev.Dev);
    if (!Made)
      return false;
    const FuncInfo &F = P.func(Made->Func);
    for (const ApiObject &O :
         P.model().objects(F.U->text(E.inst(*Made)->Callee)))
      if (O.Does == Act::Create && O.Class == "memory")
        return true;
    return false;
  }

  std::string device(const Point &At, const CallEvent &Ev) const {
    std::string Dev = E.argText(At, Ev.Api->Dev.Index);
    return Dev.empty() ? "the device" : "'" + Dev + "'";
  }

  void wrongDeallocator(const Point &At, const CallEvent &Ev, unsigned I,
                        const State &S) {
    ValId V = Ev.Args[I];
    const Val &X = T.get(V);
    auto Dev = S.Devs.find(V);
    bool Whole = Dev != S.Devs.end() && Dev->second.From != Origin::Param;
    bool Private = X.Kind == ValKind::Field && T.text(X.Name) == PrivateArea;
    if (!Whole && !Private)
      return;
    std::string What = E.argText(At, I);
    What = What.empty() ? "it" : "'" + What + "'";
    C.report("ND-L18", At, S, Private ? X.A : V,
             "'" + Ev.Shown.str() + "' frees " + What + ", which is " +
                 (Private ? "the private area of a device" : "a device") +
                 ": 'free_netdev' does that",
             Precision::High);
  }

  /// NULL or an error pointer, where none of the core's functions takes one.
  bool notADevice(const Point &At, const CallEvent &Ev, const State &S) {
    uint8_t Signs = E.range(S, Ev.Dev).Signs;
    if (Ev.Api->NullOk || Signs & Range::Pos)
      return false;
    std::string What = Signs == Range::Zero  ? "NULL"
                       : Signs == Range::Neg ? "an error pointer"
                                             : "NULL or an error pointer";
    // What follows is the same fault.
    if (!Told.insert(Ev.Dev).second)
      return true;
    C.report("ND-L14", At, S, 0,
             "'" + Ev.Shown.str() + "' is called with " + device(At, Ev) +
                 ", which is " + What + " here",
             isAllocated(Ev.Dev) ? Precision::High : Precision::Low);
    return true;
  }

  /// \p V is what an allocation gave here. What comes from memory may be tested
  /// for NULL without ever being it.
  bool isAllocated(ValId V) const {
    std::optional<Point> Made = C.madeAt(V);
    if (!Made)
      return false;
    const ApiFunction *A =
        P.model().function(P.func(Made->Func).U->text(E.inst(*Made)->Callee));
    return A && (A->Does == Role::Alloc || A->Does == Role::AllocDevm ||
                 A->Does == Role::AllocDummy);
  }

  void managed(const Point &At, const CallEvent &Ev, const State &S) {
    const DevState &D = *Ev.Before;
    if (D.From == Origin::Plain || D.From == Origin::CreatedLink) {
      C.report("ND-D02", At, S, Ev.Dev,
               "'" + Ev.Shown.str() +
                   "' wants a device that devres has "
                   "allocated, which " +
                   device(At, Ev) + " is not",
               Precision::High);
      return;
    }
    ValId Parent = T.field(T.field(Ev.Dev, T.name("dev"), T.name(DeviceRecord)),
                           T.name(ParentMember), T.name(StructDevice));
    const uint32_t *V = S.Store.lookup(Parent);
    if (D.From == Origin::Devm && (!V || isZero(*V, S)))
      C.report("ND-D04", At, S, Ev.Dev,
               "'" + Ev.Shown.str() + "' uses the parent of " + device(At, Ev) +
                   ", which is not set",
               D.Opaque ? Precision::Medium : Precision::High);
  }

  bool isZero(ValId V, const State &S) const {
    return E.range(S, V).Signs == Range::Zero;
  }
};
} // namespace

std::unique_ptr<Rule> netdev::makeAllocationRule(RuleContext &C) {
  return std::make_unique<AllocationRule>(C);
}
