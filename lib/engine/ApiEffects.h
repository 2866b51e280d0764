//===- ApiEffects.h - What a modelled call does to a state ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The transfer function of calls: by role of the model's row, never by name.
/// Sources of each effect: catalogue A.3 to A.6 (net/core/dev.c).
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_APIEFFECTS_H
#define NETDEV_LINT_ENGINE_APIEFFECTS_H

#include "engine/Engine.h"

namespace netdev {

class ApiEffects {
public:
  /// The call \p Site, made by \p I at \p At.
  ApiEffects(Engine &E, const Point &At, const ir::Inst &I,
             const CallSite &Site)
      : E(E), P(E.P), T(E.T), At(At), I(I), Site(Site), Name(Site.Name),
        Shown(Site.Shown), Body(Site.Body), Api(Site.Api),
        Objects(Site.Objects) {}

  /// The states after the call in \p S with \p Args: Engine::call().
  std::optional<std::vector<State>> apply(llvm::ArrayRef<ValId> Args, State &S);
  /// netdev_run_todo(): devices unregistered under the RTNL meet their end.
  std::vector<State> workOff(State S);
  std::vector<State> workOff(std::vector<State> In);
  /// unregister_netdevice_many() on the list at argument 0; without, on all.
  std::vector<State> flush(llvm::ArrayRef<ValId> Args, State S);

private:
  using States = std::vector<State>;

  void tell(llvm::ArrayRef<ValId> Args, State &S);
  void objects(llvm::ArrayRef<ValId> Args, State &S);
  ValId objectOf(const ApiObject &O, llvm::ArrayRef<ValId> Args);
  void rest(ValId V, const ApiObject &O, State &S);
  /// Callbacks have run since: what is cancelled may have been armed again.
  void stir(State &S);
  bool helper(llvm::ArrayRef<ValId> Args, State &S, States &Out);
  States byRole(llvm::ArrayRef<ValId> Args, State S);
  States alloc(llvm::ArrayRef<ValId> Args, State S);
  /// This call makes \p Dev in a loop, and one of an earlier round is
  /// registered in \p S.
  bool staysOfEarlierRound(ValId Dev, const State &S) const;
  States registerDev(llvm::ArrayRef<ValId> Args, State S);
  States unregister(llvm::ArrayRef<ValId> Args, State S);
  States free(llvm::ArrayRef<ValId> Args, State S);
  States lock(State S);
  States rcuSection(State S);
  States unlock(State S);
  void section(int Change, State &S);
  States reference(llvm::ArrayRef<ValId> Args, State S);
  States lookup(llvm::ArrayRef<ValId> Args, State S);
  void keptOneGoes(ValId Dev, State &S);
  States lookupInto(llvm::ArrayRef<ValId> Args, State S);
  /// One reference to \p Dev more or less in \p S, noted by \p Tracker (0:
  /// none).
  void count(ValId Dev, int By, ValId Tracker, std::string What, State &S);
  /// get_device() and put_device() of the struct device inside a net_device.
  void structDevice(const ApiObject &O, ValId V, State &S);
  /// A device from code that is not at hand, whose user drops a reference.
  States comesHeld(State S);
  ValId ownName(ValId Dev, const State &S) const;
  ValId trackerOf(llvm::ArrayRef<ValId> Args, const State &S) const;
  States pairing(llvm::ArrayRef<ValId> Args, State S, bool On);
  /// rtnl_link_unregister(\p Ops): every device that has them is unregistered,
  /// by dellink where there is one (net/core/rtnetlink.c rtnl_kill_links()).
  States endLinkOps(ValId Ops, State S);
  /// Two outcomes of the call; Signs of the result in each.
  std::pair<State, State> fork(State S, uint8_t First, uint8_t Second);
  /// Signs of the result when the call succeeds and when it fails.
  static std::pair<uint8_t, uint8_t> outcomes(Success Ok);
  void setResult(State &S, uint8_t Signs);
  void release(llvm::ArrayRef<ValId> Args, State &S);
  void dangle(ValId V, State &S);
  void handOn(llvm::ArrayRef<ValId> Args, State &S);
  void rcu(llvm::ArrayRef<ValId> Args, State &S);
  void listed(FieldKey K, llvm::ArrayRef<ValId> Args, State &S);
  void unlinked(const std::set<FieldKey> &Off, State &S);
  void unlinked(FuncId F, State &S);
  void waited(State &S);
  static std::vector<uint32_t> keysOf(const ValMap &M);
  void unknownDevice(State &S);
  bool isNameless(ValId Dev, const State &S) const;

  // The driver's functions that the core runs inside this call.
  /// A state after \p F(Dev), and whether that result says it failed.
  struct CoreExit {
    State S;
    bool Failed;
  };
  std::vector<CoreExit> runCore(const CoreCall &C, State S);
  States runAll(const CoreCall &C, States In);
  States runSetup(llvm::ArrayRef<ValId> Args, ValId Dev, States In);
  /// The function whose address \p V is, as seen from the call; NoFunc if none.
  FuncId functionOf(ValId V);
  void failed(ValId Dev, RegFail How, State &S);
  void failLate(ValId Dev, State S, int8_t Depth, States &Out);
  States uninit(ValId Dev, States In);
  States endOfUnregister(ValId Dev, State S);
  ValId device(llvm::ArrayRef<ValId> Args, State &S);
  /// Where the row says that the device is: a member of what an argument points
  /// to; 0 if it is an argument itself.
  ValId devicePlace(llvm::ArrayRef<ValId> Args) const;
  /// The state of \p Dev; null if it is not followed.
  static const DevState *followed(ValId Dev, const State &S) {
    return S.Devs.lookup(Dev);
  }
  std::string devText() const;
  std::string resultText() const;
  bool isNull(ValId V, const State &S) const;

  Engine &E;
  Program &P;
  ValueTable &T;
  const Point &At;
  const ir::Inst &I;
  const CallSite &Site;
  llvm::StringRef Name, Shown;
  FuncId Body;
  const ApiFunction *Api;
  llvm::ArrayRef<ApiObject> Objects;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_APIEFFECTS_H
