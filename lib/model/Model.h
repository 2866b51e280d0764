//===- Model.h - What the kernel API does -----------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Facts about the kernel's API, loaded from data (lib/model/kernel-api.json,
/// built into the binary, and files given by --kernel-api). Every row has its
/// source. Engine and rules ask by role, never by name.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_MODEL_MODEL_H
#define NETDEV_LINT_MODEL_MODEL_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace netdev {

/// What a function does to a net_device, a reference, RTNL, a notifier or link
/// ops. One enumerator per "role" of kernel-api.json, '-' and '+' as words.
enum class Role : uint8_t {
  None,
  Alloc,
  AllocDummy,
  InitDummy,
  AllocDevm,
  AllocRegister,
  Free,
  UnregisterFree,
  Register,
  RegisterDevm,
  Unregister,
  UnregisterFlush,
  LinkOpsRegister,
  LinkOpsUnregister,
  Configure,
  Predicate,
  Hold,
  Put,
  HoldPut,
  RefTrack,
  RefUntrack,
  LookupHeld,
  LookupHeldStructDevice,
  LookupRcu,
  LookupRtnl,
  LookupBorrowed,
  LookupLocked,
  LookupCond,
  RcuLock,
  RcuUnlock,
  RtnlLock,
  RtnlUnlock,
  RtnlUnlockCore,
  RtnlTrylock,
  RtnlQuery,
  RtnlAssert,
  AssertsRtnl,
  TakesRtnl,
  NotifierRegister,
  NotifierUnregister,
  PrivAccessor,
  PreRegisterSetter,
};

/// How a caller tells that a call succeeded.
enum class Success : uint8_t { Void, Zero, NonNull, NotErr, NonZero };

/// What a function needs of RTNL: A.3's H, N, E, S.
enum class RtnlNeed : uint8_t { Either, Must, MustNot, State };

/// Where the thing a row speaks of hangs: nowhere, the result, or argument Arg;
/// Field (if not empty) is the member that leads from there to it.
struct Where {
  enum Kind : uint8_t { None, Ret, Arg } In = None;
  unsigned Index = 0;
  std::string Field;
};

struct ApiFunction {
  std::string Name;
  Role Does = Role::None;
  Where Dev;
  Success Ok = Success::Void;
  RtnlNeed Rtnl = RtnlNeed::Either;
  bool MaySleep = false;
  bool NullOk = false;  ///< the device may be NULL
  int SetupArg = -1;    ///< alloc: index of the setup callback
  int ListArg = -1;     ///< unregister: index of the list head
  int TrackerArg = -1;  ///< hold, put: index of the tracker
  int DeviceArg = -1;   ///< devm: index of the managing struct device
  std::string FreeWith; ///< alloc: the wrapper that frees it, or empty
  std::string Source;   ///< kernel file:line or file:function
};

/// What a callback slot of a table runs under, and where its device comes from.
enum class EntryRtnl : uint8_t { Held, NotHeld, Either };
struct ApiCallback {
  std::string Struct, Field; ///< Field "*" matches every field of Struct
  EntryRtnl Rtnl = EntryRtnl::Either;
  bool Atomic = false;
  bool Unregistered = false; ///< runs when the device is unregistered already
  /// Runs with the device's own lock held if that has one (from 6.15 on,
  /// include/net/netdev_lock.h netdev_need_ops_lock).
  bool DeviceLock = false;
  int DevArg = -1; ///< index of the net_device parameter; -1: none or by type
  std::string Source;
};

/// What a function or macro does to a resource other than the device itself.
enum class Act : uint8_t {
  Init,         ///< makes the object at Object ready (spin_lock_init)
  Create,       ///< returns it (dma_pool_create), or stores it in Field
  Destroy,      ///< ends it (dma_pool_destroy, iounmap, netif_napi_del)
  Bind,         ///< binds handler HandlerArg, cookie CookieArg (timer_setup)
  Arm,          ///< may make the handler run (schedule_work)
  CancelSync,   ///< afterwards the handler neither runs nor is queued
  DisableSync,  ///< as CancelSync, and arming has no effect from then on
  FlushSync,    ///< waits for it, but it may be queued again (flush_work)
  CancelNosync, ///< dequeues without waiting
  Use,          ///< uses it and needs it initialised (spin_lock, napi_enable)
  Identity,     ///< returns (a member of) its argument (spinlock_check)
  Publish,      ///< afterwards callbacks of tables of type Class may run for it
  Withdraw,     ///< afterwards they do not run any more
  Lock,         ///< takes the lock of the device that Object is, or is part of
};

struct ApiObject {
  std::string Name; ///< function, or macro as written in the source
  Act Does = Act::Use;
  /// "work", "delayed-work", "timer", "hrtimer", "tasklet", "irq", "napi",
  /// "kthread", "urb", "workqueue", "lock", "mutex", "list", "completion",
  /// "waitqueue", "skb-queue", "memory", "percpu", "iomem", "dma", "phy",
  /// "phylink", "mdiobus", "clock", "pci", "device-address", ...
  std::string Class;
  Where Object;
  int HandlerArg = -1, CookieArg = -1;
  bool Devm = false;
  std::string Source;
};

/// What all objects of one class have in common: a row of "object_classes".
struct ApiClass {
  std::string Name;
  bool Runs = false;      ///< armed, its handler runs later by itself
  bool Ends = false;      ///< what its destroy row is given is gone for good
  bool Timed = false;     ///< armed, it may wait for a timer to be queued
  bool NeedsInit = false; ///< zeroed memory is not a valid one
  /// What a call does concerns the memory its cookie leads to: a number
  /// (request_irq) says nothing of who uses it.
  bool ByCookie = false;
  bool ArmMayFail = false; ///< what arms it returns 0, or that it failed
  /// Classes that live on one of these and go with it: a PHY on its MDIO bus.
  std::vector<std::string> Carries;
  std::string Source;
};

/// A member whose assignment binds a handler: work_struct.func.
struct ApiFieldBinding {
  std::string Record, Field, Class, Source;
};

class Model {
public:
  /// The built-in rows that hold for \p Kernel (LINUX_VERSION_CODE; 0: newest
  /// documented). Never fails: the data is checked by a test.
  static Model builtin(unsigned Kernel = 0);

  /// Adds rows of the file text \p Json (same form). Fails with the place and
  /// the reason when a row is wrong; nothing is added then.
  llvm::Error add(llvm::StringRef Json, llvm::StringRef FileName);

  /// The row for function \p Name; null if the model does not know it.
  const ApiFunction *function(llvm::StringRef Name) const;
  /// The callback row for \p Struct.\p Field, "*" included; null if unknown.
  const ApiCallback *callback(llvm::StringRef Struct,
                              llvm::StringRef Field) const;
  /// True if the model has any callback of \p Struct (it is a driver table).
  bool isTable(llvm::StringRef Struct) const;
  /// Rows for the function or macro \p Name; empty if none.
  llvm::ArrayRef<ApiObject> objects(llvm::StringRef Name) const;
  /// What is common to objects of \p Class; all false for an unknown one.
  const ApiClass &objectClass(llvm::StringRef Class) const;
  /// The binding made by a store to \p Record.\p Field; null if none.
  const ApiFieldBinding *fieldBinding(llvm::StringRef Record,
                                      llvm::StringRef Field) const;
  /// A store to this net_device member after registration comes too late.
  bool mustPrecedeRegister(llvm::StringRef NetDeviceField) const;
  /// A call of \p Name after registration is known to be harmless.
  bool benignAfterRegister(llvm::StringRef Name) const;
  /// \p Name is a kernel function that does nothing to any object we follow
  /// (printing, register access, delays): no reason to call a path unknown.
  bool isHarmless(llvm::StringRef Name) const;

  llvm::ArrayRef<ApiFunction> functions() const { return Functions; }
  llvm::ArrayRef<ApiCallback> callbacks() const { return Callbacks; }
  llvm::ArrayRef<ApiObject> allObjects() const { return Objects; }
  /// Members of a device's memory that the core uses itself once the device is
  /// registered, although the driver must initialise them.
  llvm::ArrayRef<ApiFieldBinding> usedByCore() const { return UsedByCore; }
  llvm::ArrayRef<ApiFieldBinding> fieldBindings() const {
    return FieldBindings;
  }
  /// Headers that declare what the rows name, as written after #include; those
  /// private to a driver family by their path from the root: "drivers/...".
  llvm::ArrayRef<std::string> headers() const { return Headers; }
  /// Some trees of the rows' version range may lack \p Name (a function, or
  /// "struct.field"): it came to stable kernels by backport.
  bool mayBeAbsent(llvm::StringRef Name) const;

private:
  void index();

  unsigned Kernel = 0;
  std::vector<ApiFunction> Functions;
  std::vector<ApiCallback> Callbacks;
  std::vector<ApiObject> Objects; ///< sorted by name
  std::vector<ApiFieldBinding> FieldBindings, UsedByCore;
  llvm::StringMap<ApiClass> Classes;
  llvm::StringMap<unsigned> FunctionIndex;
  llvm::StringMap<std::pair<unsigned, unsigned>> ObjectIndex;
  llvm::StringMap<unsigned> CallbackIndex; ///< "struct.field"
  std::vector<std::string> Headers;
  llvm::StringSet<> Tables, TooLate, Benign, Harmless, Optional;
};

} // namespace netdev

#endif // NETDEV_LINT_MODEL_MODEL_H
