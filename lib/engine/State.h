//===- State.h - The state of one path --------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What is known at one point of one path, and how two paths are merged.
/// Property simulation (ESP, PLDI 2002): paths that agree on the property part
/// are merged, their facts about values joined.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_STATE_H
#define NETDEV_LINT_ENGINE_STATE_H

#include "engine/FlatMap.h"
#include "engine/Value.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>

namespace netdev {

/// Where in its life a device is: catalogue A.2. RegFailed joins A to D, which
/// a caller cannot tell apart.
enum class Life : uint8_t {
  Alloc,         ///< never registered
  RegFailed,     ///< register returned an error
  Reg,           ///< registered
  Queued,        ///< on a list for unregister_netdevice_many()
  Unregistering, ///< unregistered, RTNL not yet dropped
  Unreg,         ///< unregistered, RTNL dropped, memory still there
  Freed,         ///< freed by the driver
  CoreFreed,     ///< freed by the core (needs_free_netdev)
  Dummy,
};

/// Who made the device, and so who must free it.
enum class Origin : uint8_t { Plain, Devm, LinkOps, Param, CreatedLink };

enum class Tri : uint8_t { No, Yes, Maybe };

/// How far a failed register_netdevice() came (catalogue A.4): before ndo_init,
/// in it, or behind it, where the core has called ndo_uninit and
/// priv_destructor.
enum class RegFail : uint8_t { None, Early, InInit, Late };

struct DevState {
  Life At = Life::Alloc;
  RegFail Failed = RegFail::None; ///< of the last registration
  Origin From = Origin::Plain;
  Tri NeedsFree = Tri::No; ///< needs_free_netdev
  bool DevmRegistered = false;
  bool DestructorAfter = false; ///< priv_destructor set after registration
  bool RegisteredUnderRtnl = false;
  bool WasRegistered = false; ///< at some time of this life
  bool Detached = false;      ///< netif_device_detach() before registration
  bool Many = false;          ///< made in a loop: one of several
  bool Escaped = false;       ///< someone else may free it
  bool Opaque = false;        ///< unseen code may have written to it
  bool MaybeGone = false;     ///< an unknown device was released meanwhile
  ValId Destructor = 0;       ///< priv_destructor: Func value, or 0
  ValId List = 0;             ///< Queued: on this list
  /// Escaped: to this place only, or 0. No part of the property: an array that
  /// a loop fills would give a new place, and so a new state, in each round.
  ValId Kept = 0;
  bool isDead() const { return At == Life::Freed || At == Life::CoreFreed; }
  bool operator==(const DevState &O) const {
    return At == O.At && Failed == O.Failed && From == O.From &&
           NeedsFree == O.NeedsFree && DevmRegistered == O.DevmRegistered &&
           DestructorAfter == O.DestructorAfter &&
           RegisteredUnderRtnl == O.RegisteredUnderRtnl &&
           WasRegistered == O.WasRegistered && Many == O.Many &&
           Detached == O.Detached && Escaped == O.Escaped &&
           Opaque == O.Opaque && MaybeGone == O.MaybeGone &&
           Destructor == O.Destructor && List == O.List;
  }
};

/// Which values a symbol may have: a set of signs, and an exact number where
/// one is known. Errors and ERR_PTR are negative, valid pointers positive.
struct Range {
  enum : uint8_t { Neg = 1, Zero = 2, Pos = 4, Any = 7 };
  uint8_t Signs = Any;
  bool Exact = false;
  int64_t Num = 0;
  uint64_t pack() const {
    return uint64_t(Signs) | (Exact ? 8 : 0) | (uint64_t(Num) << 4);
  }
  static Range unpack(uint64_t P) {
    return {uint8_t(P & 7), (P & 8) != 0, int64_t(P) >> 4};
  }
  static Range number(int64_t N) {
    return {uint8_t(N < 0 ? Neg : N == 0 ? Zero : Pos), true, N};
  }
  static Range signs(uint8_t S) { return {S, S == Zero, 0}; }
  bool operator==(const Range &O) const { return pack() == O.pack(); }
};

/// Whether a device is on a list: of readers under RCU, or (Listed) of others.
enum class Linked : uint8_t { Yes = 1, Was, Past, Listed };

/// Who released a resource: the driver's own code, or a callback that the core
/// ran inside a call (the greater one is kept where paths meet).
enum class ReleasedBy : uint8_t { Driver = 1, Uninit, Destructor };

/// A step of the path, newest first. Shared between states.
struct TraceNode {
  std::shared_ptr<const TraceNode> Prev;
  CtxId Ctx = 0;
  uint32_t Func = 0, Block = 0, Inst = 0; ///< Inst past the end: terminator
  ValId Object = 0; ///< the device it is about; 0: the path itself
  int8_t Taken = 0; ///< about the RTNL: 1 taken, -1 dropped, 0 not to be had
  std::string Message, State;
};
using Trace = std::shared_ptr<const TraceNode>;

/// How far work & co. at an address have come to rest; less is less.
enum class Rest : uint32_t {
  Moving,    ///< may run, or be armed
  Early,     ///< cancelled, but callbacks have run since
  Cancelled, ///< neither runs nor is queued, but may be armed again
  Disabled,  ///< arming has no effect any more
};

/// The result \p Temp of a call, or of an arm of `?:`, in the frame \p Ctx.
struct TempValue {
  CtxId Ctx = 0;
  int32_t Temp = 0;
  ValId Value = 0;
  bool operator==(const TempValue &O) const {
    return Ctx == O.Ctx && Temp == O.Temp && Value == O.Value;
  }
};

using ValMap = FlatMap<uint32_t>;
using FactMap = FlatMap<uint64_t>;
using RefMap = FlatMap<int>;
using ValSet = FlatSet;

/// The property part of a state: paths that differ here are kept apart.
struct Property {
  FlatMap<DevState> Devs;
  /// References this path took and did not drop, of a device or of the struct
  /// device inside it; negative: dropped and not taken here.
  RefMap Refs;
  ValMap Trackers;   ///< netdevice_tracker -> device whose reference it notes
  int8_t Rtnl = 0;   ///< depth in this thread; Unknown if not known
  int8_t Taken = 0;  ///< RTNL: how often taken less dropped since the entry
  int8_t Atomic = 0; ///< why it must not sleep: locks held, and the entry
  int8_t Rcu = 0;    ///< RCU read sections this path has entered
  ValSet Notifiers;  ///< notifier blocks this path registered
  /// Members of a device whose resource the driver has released and that still
  /// point to it, where a callback of the core will release it again.
  ValSet Dangling;
  /// Resources made on this path that nothing but a member of a device leads
  /// to. Only where it is asked for: Entry::Owns.
  ValSet Owned;
  /// Devices made in a loop of which one of an earlier round is registered. It
  /// has no name any more, and nothing has unregistered a device since.
  ValSet Rounds;
  /// (device, kind of node) that readers under RCU can find (Linked::Yes), may
  /// still be using (Was), or are done with (Past), or that is on another list
  /// (Listed).
  ValMap Links;
  static constexpr int8_t UnknownRtnl = -1;

  bool sameProperty(const Property &O) const {
    return Rtnl == O.Rtnl && Taken == O.Taken && Atomic == O.Atomic &&
           Rcu == O.Rcu && Refs == O.Refs && Trackers == O.Trackers &&
           Notifiers == O.Notifiers && Dangling == O.Dangling &&
           Owned == O.Owned && Rounds == O.Rounds && Links == O.Links &&
           Devs == O.Devs;
  }
};

/// The execution part: joined when paths merge.
struct Knowledge {
  ValMap Store;  ///< address -> value
  FactMap Facts; ///< symbol -> Range
  /// Results that only one block looks at, of the blocks that are being
  /// executed, the innermost last. The others are in the store.
  llvm::SmallVector<TempValue, 4> Temps;
  ValMap Looked; ///< what a look-up gave -> its Role; None: renamed
  ValMap Stale;  ///< such a device -> Role of what ended its protection
  ValSet Given;  ///< devices that code not at hand got to see
  ValSet Ready;  ///< addresses initialised so far
  ValSet Gone;   ///< resources ended so far
  ValMap Quiet;  ///< address of work & co. -> Rest
  /// Work & co. armed on this path and not cancelled, and what is no
  /// net_device but has callbacks too -> status of the call; 0: cannot fail.
  ValMap Armed, Public;
  ValSet Made;     ///< resources made that have no owner yet
  ValMap Released; ///< pointers released so far, and by whom: ReleasedBy
  /// The conditions, not known here, that this path depends on since a
  /// registration failed late: the innermost, which leads to the next; 0 none.
  ValId Guard = 0;
  bool Certain = true; ///< no unknown alias could have changed a device
  bool Swept = false;  ///< a loop may have freed devices (Program::sweep())
  bool Later = false;  ///< callbacks may have run since the life began

  /// All but values, what is known of them and what the path depends on.
  bool sameEvents(const Knowledge &O) const {
    return Looked == O.Looked && Stale == O.Stale && Given == O.Given &&
           Ready == O.Ready && Gone == O.Gone && Quiet == O.Quiet &&
           Armed == O.Armed && Public == O.Public && Released == O.Released &&
           Made == O.Made && Certain == O.Certain && Later == O.Later &&
           Swept == O.Swept;
  }
  bool sameKnowledge(const Knowledge &O) const {
    return Store == O.Store && Facts == O.Facts && Temps == O.Temps &&
           Guard == O.Guard && sameEvents(O);
  }
};

struct State : Property, Knowledge {
  State() = default;
  // Vectors of states move them when they grow.
  State(const State &) = default;
  State(State &&) noexcept = default;
  State &operator=(const State &) = default;
  State &operator=(State &&) noexcept = default;

  Trace Steps;

  Rest rest(ValId A) const {
    const uint32_t *R = Quiet.lookup(A);
    return R ? Rest(*R) : Rest::Moving;
  }
};

/// What \p V may be in \p S.
Range rangeOf(const Knowledge &S, const ValueTable &T, ValId V);
/// The value at address \p A in \p S (Init(A) where nothing was stored).
ValId valueAt(const Knowledge &S, ValueTable &T, ValId A);

/// Joins \p From into \p Into; both have the same property part. Values that
/// differ become the symbol of (\p Ctx, \p Block, address). True if \p Into
/// changed. \p Phis collects (address, symbol).
bool join(State &Into, const State &From, ValueTable &T, CtxId Ctx,
          uint32_t Block, ValMap *Phis = nullptr);

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_STATE_H
