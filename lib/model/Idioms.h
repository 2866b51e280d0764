//===- Idioms.h - Kernel idioms that are not one call -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Facts about the kernel that are not effects of an API call on a device:
/// error pointers, driver data, and the members of struct net_device that the
/// lifetime rules speak of. Rows, each with its source.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_MODEL_IDIOMS_H
#define NETDEV_LINT_MODEL_IDIOMS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace netdev {

/// What a pure helper computes from its first argument.
enum class Helper : uint8_t {
  None,
  Same,        ///< the argument (ERR_PTR, PTR_ERR, ERR_CAST)
  ErrPtr,      ///< the argument, which is an error or 0 (ERR_PTR)
  IsErr,       ///< argument is an error pointer
  IsErrOrNull, ///< argument is an error pointer or NULL
  ErrOrZero,   ///< the error, or 0 for a valid pointer
  GetData,     ///< the driver data of the device at argument + path
  SetData,     ///< stores argument 1 as driver data
  ErrOfSecond, ///< argument 1, which is an error (dev_err_probe)
  Detach,      ///< marks the device as not present: no callback opens it
  SetBit,      ///< sets bit (argument 0) of the word at argument 1
  ClearBit,
  TestBit,
  TestAndSetBit,
  TestAndClearBit,
  Never,   ///< does not return, though its declaration does not say so
  Asserts, ///< the same if its argument 2 is 0: an assertion, no expectation
  Unlink,  ///< takes the node at the argument out of its list
  Needs,   ///< reads what the argument points to: with NULL nothing goes on
  Waits,   ///< in a loop: until somebody else has written something
};

struct HelperRow {
  llvm::StringRef Name;
  Helper Does;
  llvm::StringRef Path; ///< GetData, SetData: member that is the struct device
  llvm::StringRef Record; ///< record of that member
  llvm::StringRef Source;
};

/// The row for \p Name; null if it is no such helper.
const HelperRow *findHelper(llvm::StringRef Name);

/// Slots of one table that begin a life and end it: what follows a successful
/// Begin is End, of the same table.
struct LifePair {
  llvm::StringRef Begin, End, Source;
};
llvm::ArrayRef<LifePair> lifePairs();
/// \p Field is the Begin, the End of a pair.
bool beginsLife(llvm::StringRef Field);
bool endsLife(llvm::StringRef Field);

/// A word of \p Name says that the function ends its first argument: a belief
/// of whoever named it, for functions whose body is not at hand. Not "put": two
/// owners may each drop a reference.
bool soundsLikeRelease(llvm::StringRef Name);
/// The same of the caller's use: others may have more of it.
bool soundsLikeLettingGo(llvm::StringRef Name);
/// \p Name is one of the kernel's for taking from a count: refcount_dec(),
/// atomic_sub_return(), kobject_unref().
bool soundsLikeCountingDown(llvm::StringRef Name);
/// By its name a function of the driver's only looks at what it is given.
bool soundsLikeReading(llvm::StringRef Name);
/// By its name a function of the kernel's may keep, or drop, what it is given.
bool soundsLikeKeeping(llvm::StringRef Name);

/// What a call does to what is found on a list, by readers under RCU or under a
/// lock.
enum class RcuStep : uint8_t {
  None,
  Link,   ///< the node at argument 0 can be found from now on
  Unlink, ///< it cannot be found anew, but readers may still use it
  Wait,   ///< readers that had found it are done
  List,   ///< the node at argument 0 is on the list at argument 1
  Delist, ///< it is on none any more
};
RcuStep rcuStep(llvm::StringRef Name);
/// The step puts a node on a list.
inline bool linksNode(RcuStep S) {
  return S == RcuStep::Link || S == RcuStep::List;
}

/// \p Struct, a record's name, makes a file in sysfs out of two handlers that
/// get the struct device it belongs to.
bool isDeviceAttribute(llvm::StringRef Struct);
/// The call removes such files, and waits for their handlers, by itself.
bool removesAttributes(llvm::StringRef Name);

/// The allocation \p Name hands out memory that is all zero.
bool givesZeroes(llvm::StringRef Name);

/// What a call does to the mutex or semaphore it is given, if it waits for it;
/// one that only tries is Unknown.
enum class MutexStep : uint8_t { Unknown, Lock, Unlock };
MutexStep mutexStep(llvm::StringRef Name);

/// What a call does that is given a block for a chain of notifiers, or link
/// ops: all of the kernel's say it in their names.
enum class BlockStep : uint8_t { Unknown, Register, Unregister };
BlockStep blockStep(llvm::StringRef Name);
/// The type is one that such calls are given.
bool isRegisteredBlock(llvm::StringRef Type);

/// True if who creates a resource of \p Class (model, "objects") must release
/// it.
bool mustBeReleased(llvm::StringRef Class);
/// An object of \p Class is a member, and has memory of its own that its end
/// releases.
bool keepsMemory(llvm::StringRef Class);

/// True for what a handler of work, a timer, a tasklet or an RCU callback is
/// given, as its type is written.
bool isHandlerParameter(llvm::StringRef Type);

/// True if \p Function counts what is not there while probe runs: virtual
/// functions are asked for later.
bool isZeroInProbe(llvm::StringRef Function);

/// True for tables of callbacks with the contract of rtnl_link_ops.
bool isLinkOps(llvm::StringRef Struct);

/// True for tables of callbacks by which the layer below a device brings it
/// data and tells of room to send, whether the device is up or not.
bool feedsDevice(llvm::StringRef Struct);

/// The member of the bus device \p Record that is its struct device; empty if
/// not known.
llvm::StringRef deviceMember(llvm::StringRef Record);

/// 1 if \p Function begins a section in which nobody may sleep (a spinlock, an
/// RCU read section, bottom halves off), -1 if it ends one, else 0.
int atomicSection(llvm::StringRef Function);

/// \p Function reads, or sets, the atomic number at its first argument
/// (include/linux/atomic/atomic-instrumented.h).
bool readsAtomic(llvm::StringRef Function);
bool setsAtomic(llvm::StringRef Function);

/// Members of struct net_device (include/linux/netdevice.h) with a part in its
/// lifetime.
enum class DevField : uint8_t {
  None,
  NeedsFree,  ///< needs_free_netdev
  Destructor, ///< priv_destructor
  RegState,   ///< reg_state
  Ops,        ///< netdev_ops
  LinkOps,    ///< rtnl_link_ops
  Parent,     ///< dev.parent
};
DevField deviceField(llvm::StringRef Name);

/// The record of a device, and the member under which netdev_priv() hands out
/// the memory behind it (net_device.priv since 6.12, an offset before).
constexpr llvm::StringLiteral DeviceRecord = "net_device";
constexpr llvm::StringLiteral DevicePointer = "struct net_device *";
/// What frees a device whose row of `alloc` names no wrapper.
constexpr llvm::StringLiteral PlainRelease = "free_netdev";
constexpr llvm::StringLiteral PrivateArea = "(priv)";
/// The member that stands for what is known by its cookie alone.
constexpr llvm::StringLiteral CookieMember = "(cookie)";
/// The record that global variables count as members of.
constexpr llvm::StringLiteral GlobalRecord = "(global)";
/// include/linux/notifier.h: a function on a chain.
constexpr llvm::StringLiteral NotifierRecord = "notifier_block";
/// Records the core hands around, whose member dev keeps nothing by itself: a
/// packet, and a route.
constexpr llvm::StringLiteral PacketRecord = "sk_buff";
constexpr llvm::StringLiteral RouteRecord = "dst_entry";
/// NETDEV_UNREGISTER of enum netdev_cmd (include/linux/netdevice.h).
constexpr int64_t UnregisterEvent = 6;
/// include/net/rtnetlink.h, and the member of a device that points to it.
constexpr llvm::StringLiteral LinkOpsRecord = "rtnl_link_ops";

/// The struct device inside a net_device, and its member that devres uses.
constexpr llvm::StringLiteral StructDevice = "device";
constexpr llvm::StringLiteral ParentMember = "parent";

/// The struct device inside a device: of_find_net_device_by_node() takes its
/// reference, not the device's (net/core/net-sysfs.c).
constexpr llvm::StringLiteral StructDeviceMember = "dev";

/// Where a device's table of callbacks is, and those that run inside
/// register_netdevice() and unregister_netdevice_many() (net/core/dev.c).
constexpr llvm::StringLiteral DeviceOpsMember = "netdev_ops";
constexpr llvm::StringLiteral DeviceOpsRecord = "net_device_ops";
constexpr llvm::StringLiteral InitCallback = "ndo_init";
constexpr llvm::StringLiteral UninitCallback = "ndo_uninit";

/// Values of enum netreg_state (include/linux/netdevice.h).
enum : int64_t {
  NetregUninitialized = 0,
  NetregRegistered = 1,
  NetregUnregistering = 2,
  NetregUnregistered = 3,
  NetregReleased = 4,
  NetregDummy = 5,
};

/// A global that code tests for a state of the whole machine, and its value
/// while drivers come and go: system_state is SYSTEM_RUNNING
/// (include/linux/kernel.h); what is skipped at power-off is no leak.
constexpr llvm::StringLiteral MachineState = "system_state";
constexpr int64_t MachineRunning = 3;

/// True for the records whose members link the nodes of a list
/// (include/linux/types.h).
bool isListRecord(llvm::StringRef Record);

/// -EINPROGRESS, -EIOCBQUEUED (include/linux/errno.h): not failed, but handed
/// to somebody who will finish it.
constexpr bool isPending(int64_t Result) {
  return Result == -115 || Result == -529;
}

/// NETDEV_UNREGISTER of enum netdev_cmd (include/linux/netdevice.h).
constexpr int64_t NetdevUnregisterEvent = 6;

/// Records that are only the inside of another object: a member of them is the
/// same thing as the member that holds them (delayed_work.work,
/// spinlock.rlock).
bool isInnerRecord(llvm::StringRef Record);

} // namespace netdev

#endif // NETDEV_LINT_MODEL_IDIOMS_H
