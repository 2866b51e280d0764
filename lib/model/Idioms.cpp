//===- Idioms.cpp - Kernel idioms that are not one call ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"

using namespace netdev;

static const HelperRow Helpers[] = {
    {"ERR_PTR", Helper::ErrPtr, "", "", "include/linux/err.h"},
    {"netif_device_detach", Helper::Detach, "", "", "net/core/dev.c"},
    {"dev_err_probe", Helper::ErrOfSecond, "", "", "drivers/base/core.c"},
    {"pcibios_err_to_errno", Helper::Same, "", "", "include/linux/pci.h"},
    {"__kunit_abort", Helper::Never, "", "", "lib/kunit/test.c"},
    // Before 6.6; enum kunit_assert_type, include/kunit/assert.h.
    {"kunit_do_failed_assertion", Helper::Asserts, "", "", "lib/kunit/test.c"},
    {"dma_alloc_coherent", Helper::Needs, "", "",
     "kernel/dma/mapping.c:dma_alloc_attrs"},
    {"dma_alloc_attrs", Helper::Needs, "", "",
     "kernel/dma/mapping.c:dma_alloc_attrs"},
    {"cpu_relax", Helper::Waits, "", "",
     "arch/x86/include/asm/vdso/processor.h"},
    {"msleep", Helper::Waits, "", "", "kernel/time/sleep_timeout.c"},
    {"schedule", Helper::Waits, "", "", "kernel/sched/core.c"},
    {"schedule_timeout", Helper::Waits, "", "", "kernel/time/sleep_timeout.c"},
    {"schedule_timeout_interruptible", Helper::Waits, "", "",
     "kernel/time/sleep_timeout.c"},
    {"schedule_timeout_uninterruptible", Helper::Waits, "", "",
     "kernel/time/sleep_timeout.c"},
    {"usleep_range_state", Helper::Waits, "", "",
     "kernel/time/sleep_timeout.c"},
    {"PTR_ERR", Helper::Same, "", "", "include/linux/err.h"},
    {"ERR_CAST", Helper::Same, "", "", "include/linux/err.h"},
    {"IS_ERR", Helper::IsErr, "", "", "include/linux/err.h"},
    {"IS_ERR_OR_NULL", Helper::IsErrOrNull, "", "", "include/linux/err.h"},
    {"PTR_ERR_OR_ZERO", Helper::ErrOrZero, "", "", "include/linux/err.h"},
    {"spinlock_check", Helper::Same, "", "", "include/linux/spinlock.h"},
    {"set_bit", Helper::SetBit, "", "", "include/linux/bitops.h"},
    {"__set_bit", Helper::SetBit, "", "", "include/linux/bitops.h"},
    {"___set_bit", Helper::SetBit, "", "", "include/linux/bitops.h"},
    {"const___set_bit", Helper::SetBit, "", "", "include/linux/bitops.h"},
    {"arch_set_bit", Helper::SetBit, "", "", "include/linux/bitops.h"},
    {"clear_bit", Helper::ClearBit, "", "", "include/linux/bitops.h"},
    {"__clear_bit", Helper::ClearBit, "", "", "include/linux/bitops.h"},
    {"___clear_bit", Helper::ClearBit, "", "", "include/linux/bitops.h"},
    {"const___clear_bit", Helper::ClearBit, "", "", "include/linux/bitops.h"},
    {"clear_bit_unlock", Helper::ClearBit, "", "", "include/linux/bitops.h"},
    {"test_bit", Helper::TestBit, "", "", "include/linux/bitops.h"},
    {"_test_bit", Helper::TestBit, "", "", "include/linux/bitops.h"},
    {"const_test_bit", Helper::TestBit, "", "", "include/linux/bitops.h"},
    {"test_bit_acquire", Helper::TestBit, "", "", "include/linux/bitops.h"},
    {"test_and_set_bit", Helper::TestAndSetBit, "", "",
     "include/linux/bitops.h"},
    {"__test_and_set_bit", Helper::TestAndSetBit, "", "",
     "include/linux/bitops.h"},
    {"___test_and_set_bit", Helper::TestAndSetBit, "", "",
     "include/linux/bitops.h"},
    {"const___test_and_set_bit", Helper::TestAndSetBit, "", "",
     "include/linux/bitops.h"},
    {"test_and_clear_bit", Helper::TestAndClearBit, "", "",
     "include/linux/bitops.h"},
    {"__test_and_clear_bit", Helper::TestAndClearBit, "", "",
     "include/linux/bitops.h"},
    {"___test_and_clear_bit", Helper::TestAndClearBit, "", "",
     "include/linux/bitops.h"},
    {"const___test_and_clear_bit", Helper::TestAndClearBit, "", "",
     "include/linux/bitops.h"},
    {"list_del", Helper::Unlink, "", "", "include/linux/list.h"},
    {"list_del_init", Helper::Unlink, "", "", "include/linux/list.h"},
    {"list_del_rcu", Helper::Unlink, "", "", "include/linux/rculist.h"},
    {"list_del_init_careful", Helper::Unlink, "", "", "include/linux/list.h"},
    {"list_move", Helper::Unlink, "", "", "include/linux/list.h"},
    {"list_move_tail", Helper::Unlink, "", "", "include/linux/list.h"},
    {"hlist_del", Helper::Unlink, "", "", "include/linux/list.h"},
    {"hlist_del_init", Helper::Unlink, "", "", "include/linux/list.h"},
    {"hlist_del_rcu", Helper::Unlink, "", "", "include/linux/rculist.h"},
    {"hlist_del_init_rcu", Helper::Unlink, "", "", "include/linux/rculist.h"},
    {"dev_get_drvdata", Helper::GetData, "", "", "include/linux/device.h"},
    {"dev_set_drvdata", Helper::SetData, "", "", "include/linux/device.h"},
    {"pci_get_drvdata", Helper::GetData, "dev", "pci_dev",
     "include/linux/pci.h"},
    {"pci_set_drvdata", Helper::SetData, "dev", "pci_dev",
     "include/linux/pci.h"},
    {"platform_get_drvdata", Helper::GetData, "dev", "platform_device",
     "include/linux/platform_device.h"},
    {"platform_set_drvdata", Helper::SetData, "dev", "platform_device",
     "include/linux/platform_device.h"},
    {"usb_get_intfdata", Helper::GetData, "dev", "usb_interface",
     "include/linux/usb.h"},
    {"usb_set_intfdata", Helper::SetData, "dev", "usb_interface",
     "include/linux/usb.h"},
    {"spi_get_drvdata", Helper::GetData, "dev", "spi_device",
     "include/linux/spi/spi.h"},
    {"spi_set_drvdata", Helper::SetData, "dev", "spi_device",
     "include/linux/spi/spi.h"},
    {"i2c_get_clientdata", Helper::GetData, "dev", "i2c_client",
     "include/linux/i2c.h"},
    {"i2c_set_clientdata", Helper::SetData, "dev", "i2c_client",
     "include/linux/i2c.h"},
    {"sdio_get_drvdata", Helper::GetData, "dev", "sdio_func",
     "include/linux/mmc/sdio_func.h"},
    {"sdio_set_drvdata", Helper::SetData, "dev", "sdio_func",
     "include/linux/mmc/sdio_func.h"},
    {"auxiliary_get_drvdata", Helper::GetData, "dev", "auxiliary_device",
     "include/linux/auxiliary_bus.h"},
    {"auxiliary_set_drvdata", Helper::SetData, "dev", "auxiliary_device",
     "include/linux/auxiliary_bus.h"},
    {"pnp_get_drvdata", Helper::GetData, "dev", "pnp_dev",
     "include/linux/pnp.h"},
    {"pnp_set_drvdata", Helper::SetData, "dev", "pnp_dev",
     "include/linux/pnp.h"},
    {"hv_get_drvdata", Helper::GetData, "device", "hv_device",
     "include/linux/hyperv.h"},
    {"hv_set_drvdata", Helper::SetData, "device", "hv_device",
     "include/linux/hyperv.h"},
    {"parport_get_drvdata", Helper::GetData, "dev", "pardevice", ""},
    {"zorro_get_drvdata", Helper::GetData, "dev", "zorro_dev",
     "include/linux/zorro.h"},
    {"zorro_set_drvdata", Helper::SetData, "dev", "zorro_dev",
     "include/linux/zorro.h"},
    {"ssb_get_drvdata", Helper::GetData, "dev", "ssb_device",
     "include/linux/ssb/ssb.h"},
    {"ssb_set_drvdata", Helper::SetData, "dev", "ssb_device",
     "include/linux/ssb/ssb.h"},
    {"bcma_get_drvdata", Helper::GetData, "dev", "bcma_device",
     "include/linux/bcma/bcma.h"},
    {"bcma_set_drvdata", Helper::SetData, "dev", "bcma_device",
     "include/linux/bcma/bcma.h"},
    {"eisa_get_drvdata", Helper::GetData, "dev", "eisa_device",
     "include/linux/eisa.h"},
    {"eisa_set_drvdata", Helper::SetData, "dev", "eisa_device",
     "include/linux/eisa.h"},
    {"fsl_mc_get_drvdata", Helper::GetData, "dev", "fsl_mc_device", ""},
    {"mdiodev_get_drvdata", Helper::GetData, "dev", "mdio_device",
     "include/linux/mdio.h"},
    {"mdiodev_set_drvdata", Helper::SetData, "dev", "mdio_device",
     "include/linux/mdio.h"},
    {"rpmsg_get_drvdata", Helper::GetData, "dev", "rpmsg_device", ""},
};

bool netdev::readsAtomic(llvm::StringRef Name) {
  return Name == "atomic_read" || Name == "atomic_long_read" ||
         Name == "atomic64_read" || Name == "atomic_read_acquire";
}

bool netdev::setsAtomic(llvm::StringRef Name) {
  return Name == "atomic_set" || Name == "atomic_long_set" ||
         Name == "atomic64_set" || Name == "atomic_set_release";
}

int netdev::atomicSection(llvm::StringRef Name) {
  // include/linux/rcupdate.h, include/linux/bottom_half.h,
  // include/linux/netdevice.h.
  static const llvm::StringMap<int> Sections{
      {"rcu_read_lock", 1},      {"rcu_read_lock_bh", 1},
      {"rcu_read_unlock", -1},   {"rcu_read_unlock_bh", -1},
      {"local_bh_disable", 1},   {"local_bh_enable", -1},
      {"netif_tx_lock", 1},      {"netif_tx_lock_bh", 1},
      {"netif_tx_unlock", -1},   {"netif_tx_unlock_bh", -1},
      {"netif_addr_lock", 1},    {"netif_addr_lock_bh", 1},
      {"netif_addr_unlock", -1}, {"netif_addr_unlock_bh", -1},
  };
  if (auto It = Sections.find(Name); It != Sections.end())
    return It->second;
  // include/linux/spinlock.h, include/linux/rwlock.h: a family of names.
  Name.consume_front("_raw_") || Name.consume_front("raw_");
  if (!Name.consume_front("spin_") && !Name.consume_front("read_") &&
      !Name.consume_front("write_"))
    return 0;
  return llvm::StringSwitch<int>(Name)
      .Case("lock", 1)
      .Case("lock_bh", 1)
      .Case("lock_irq", 1)
      .Case("lock_irqsave", 1)
      .Case("lock_nested", 1)
      .Case("lock_irqsave_nested", 1)
      .Case("unlock", -1)
      .Case("unlock_bh", -1)
      .Case("unlock_irq", -1)
      .Case("unlock_irqrestore", -1)
      .Default(0);
}

llvm::StringRef netdev::deviceMember(llvm::StringRef Record) {
  for (const HelperRow &R : Helpers)
    if (R.Does == Helper::GetData && !R.Path.empty() && R.Record == Record)
      return R.Path;
  return "";
}

const HelperRow *netdev::findHelper(llvm::StringRef Name) {
  static const llvm::StringMap<const HelperRow *> ByName = [] {
    llvm::StringMap<const HelperRow *> Map;
    for (const HelperRow &R : Helpers)
      Map.try_emplace(R.Name, &R);
    return Map;
  }();
  return ByName.lookup(Name);
}

static const LifePair LifePairs[] = {
    {"probe", "remove", "drivers/base/dd.c"},
    {"probe", "disconnect", "drivers/usb/core/driver.c"},
    {"probe", "remove_new", "drivers/base/platform.c"},
    {"open", "close", "drivers/tty/tty_ldisc.c"},
    {"bind", "unbind", "include/linux/usb/composite.h"},
    {"attach", "detach", "drivers/parport/share.c"},
    {"add", "remove", "drivers/infiniband/core/device.c"},
    {"init", "exit", "net/core/net_namespace.c"},
    {"init", "exit_batch", "net/core/net_namespace.c"},
    {"setup", "teardown", "net/dsa/dsa.c"},
};

llvm::ArrayRef<LifePair> netdev::lifePairs() { return LifePairs; }

bool netdev::beginsLife(llvm::StringRef Field) {
  return llvm::any_of(LifePairs,
                      [&](const LifePair &L) { return Field == L.Begin; });
}

bool netdev::endsLife(llvm::StringRef Field) {
  return llvm::any_of(LifePairs,
                      [&](const LifePair &L) { return Field == L.End; });
}

/// One of \p Words is among those that \p Name is made of.
static bool hasWord(llvm::StringRef Name,
                    llvm::ArrayRef<llvm::StringLiteral> Words) {
  while (!Name.empty()) {
    auto [Word, Rest] = Name.split('_');
    if (llvm::is_contained(Words, Word))
      return true;
    Name = Rest;
  }
  return false;
}

bool netdev::soundsLikeRelease(llvm::StringRef Name) {
  return hasWord(Name, {"free", "destroy", "dealloc"});
}

bool netdev::soundsLikeLettingGo(llvm::StringRef Name) {
  return soundsLikeRelease(Name) || hasWord(Name, {"put", "release", "drop"});
}

bool netdev::soundsLikeCountingDown(llvm::StringRef Name) {
  return hasWord(Name, {"dec", "sub", "unref"});
}

bool netdev::soundsLikeReading(llvm::StringRef Name) {
  return hasWord(Name, {"get", "find", "lookup", "is", "has", "dump", "fill",
                        "show", "print"});
}

/// What the kernel's own functions are given they do not keep, or they take
/// their own reference: dst_init(), neigh_parms_alloc(). Those with such names
/// are not counted on.
bool netdev::soundsLikeKeeping(llvm::StringRef Name) {
  return soundsLikeRelease(Name) ||
         hasWord(Name,
                 {"add", "attach", "bind", "link", "register", "create", "init",
                  "alloc", "new", "make", "set", "assign", "replace", "enqueue",
                  "put", "release", "del", "drop", "hold"});
}

RcuStep netdev::rcuStep(llvm::StringRef Name) {
  static const llvm::StringMap<RcuStep> Steps{
      // include/linux/rculist.h
      {"list_add_rcu", RcuStep::Link},
      {"list_add_tail_rcu", RcuStep::Link},
      {"hlist_add_head_rcu", RcuStep::Link},
      {"hlist_add_tail_rcu", RcuStep::Link},
      {"hlist_add_before_rcu", RcuStep::Link},
      {"hlist_add_behind_rcu", RcuStep::Link},
      {"list_del_rcu", RcuStep::Unlink},
      {"hlist_del_rcu", RcuStep::Unlink},
      {"hlist_del_init_rcu", RcuStep::Unlink},
      // include/linux/rcupdate.h, srcu.h, net/core/dev.c
      {"synchronize_rcu", RcuStep::Wait},
      {"synchronize_rcu_expedited", RcuStep::Wait},
      {"synchronize_net", RcuStep::Wait},
      {"synchronize_srcu", RcuStep::Wait},
      // include/linux/list.h
      {"list_add", RcuStep::List},
      {"list_add_tail", RcuStep::List},
      {"hlist_add_head", RcuStep::List},
      {"list_del", RcuStep::Delist},
      {"list_del_init", RcuStep::Delist},
      {"hlist_del", RcuStep::Delist},
      {"hlist_del_init", RcuStep::Delist},
      {"list_move", RcuStep::Delist},
      {"list_move_tail", RcuStep::Delist},
  };
  auto It = Steps.find(Name);
  return It == Steps.end() ? RcuStep::None : It->second;
}

/// include/linux/notifier.h, register_inetaddr_notifier(), register_netevent_
/// notifier(), ...; net/core/rtnetlink.c. What is managed has its own end.
bool netdev::isDeviceAttribute(llvm::StringRef Struct) {
  return Struct == "device_attribute"; // include/linux/device.h
}

bool netdev::removesAttributes(llvm::StringRef Name) {
  // include/linux/sysfs.h, device.h
  return Name.starts_with("sysfs_remove_") ||
         Name.starts_with("device_remove_file") ||
         Name.starts_with("device_remove_group");
}

bool netdev::givesZeroes(llvm::StringRef Name) {
  // include/linux/slab.h, device/devres.h: kzalloc, devm_kcalloc, vzalloc, ...
  return Name.contains("zalloc") || Name.contains("calloc");
}

MutexStep netdev::mutexStep(llvm::StringRef Name) {
  // include/linux/mutex.h, semaphore.h; guard(mutex) by its constructor.
  if (Name == "mutex_unlock" || Name == "up" ||
      Name == "class_mutex_destructor")
    return MutexStep::Unlock;
  bool Lock = Name.starts_with("mutex_lock") || Name == "down" ||
              Name == "down_interruptible" || Name == "down_killable" ||
              Name == "class_mutex_constructor";
  return Lock ? MutexStep::Lock : MutexStep::Unknown;
}

BlockStep netdev::blockStep(llvm::StringRef Name) {
  if (Name.contains("unregister"))
    return BlockStep::Unregister;
  return Name.contains("register") && !Name.starts_with("devm_")
             ? BlockStep::Register
             : BlockStep::Unknown;
}

bool netdev::isRegisteredBlock(llvm::StringRef Type) {
  return Type == "struct notifier_block" || Type == "struct rtnl_link_ops";
}

bool netdev::mustBeReleased(llvm::StringRef Class) {
  static const llvm::StringRef Classes[] = {
      "memory",    "percpu",         "workqueue", "kmem-cache",
      "page-pool", "dma-pool",       "gen-pool",  "mdiobus",
      "phylink",   "kthread-worker", "pages",     "irq-cpu-rmap"};
  return llvm::is_contained(Classes, Class);
}

bool netdev::keepsMemory(llvm::StringRef Class) {
  return Class == "gro-cells" || Class == "dst-cache" ||
         Class == "rhashtable" || Class == "kfifo";
}

bool netdev::isHandlerParameter(llvm::StringRef Type) {
  // include/linux/workqueue.h work_func_t, timer.h, interrupt.h, types.h
  // rcu_callback_t
  return Type == "struct work_struct *" || Type == "struct timer_list *" ||
         Type == "struct tasklet_struct *" || Type == "struct callback_head *";
}

bool netdev::isZeroInProbe(llvm::StringRef Name) {
  // drivers/pci/iov.c: sriov_numvfs_store() takes the device's lock, which
  // probe is called with.
  return Name == "pci_num_vf";
}

bool netdev::feedsDevice(llvm::StringRef Struct) {
  // include/linux/tty_ldisc.h, include/linux/serdev.h
  return Struct == "tty_ldisc_ops" || Struct == "serdev_device_ops";
}

bool netdev::isLinkOps(llvm::StringRef Struct) {
  // net/core/rtnetlink.c; drivers/net/wwan/wwan_core.c wwan_rtnl_newlink
  return Struct == "rtnl_link_ops" || Struct == "wwan_ops";
}

DevField netdev::deviceField(llvm::StringRef Name) {
  return llvm::StringSwitch<DevField>(Name)
      .Case("needs_free_netdev", DevField::NeedsFree)
      .Case("priv_destructor", DevField::Destructor)
      .Case("reg_state", DevField::RegState)
      .Case("netdev_ops", DevField::Ops)
      .Case("rtnl_link_ops", DevField::LinkOps)
      .Default(DevField::None);
}

bool netdev::isListRecord(llvm::StringRef Record) {
  return Record == "list_head" || Record == "hlist_head" ||
         Record == "hlist_node";
}

bool netdev::isInnerRecord(llvm::StringRef Record) {
  static const llvm::StringRef Inner[] = {
      "delayed_work", "work_struct",    "rcu_work",    "timer_list",
      "hrtimer",      "tasklet_struct", "napi_struct", "spinlock",
      "raw_spinlock", "mutex",          "completion",  "wait_queue_head",
      "sk_buff_head", "list_head",      "urb",         "kthread_worker",
      "kthread_work", "sk_buff_list",
  };
  return llvm::is_contained(Inner, Record);
}
