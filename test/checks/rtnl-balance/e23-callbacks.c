// RUN: %check %s
// ND-K03, ND-K07, ND-K10, E.23: as e23-polarity.c, in callbacks, whose context is known.
#include <linux/pci.h>
#include <linux/rtnetlink.h>

static int bad_return(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	rtnl_lock();
	if (!netif_running(dev))
		return -EBUSY; /* WARN: netdev-rtnl-balance */
	netif_carrier_off(dev);
	rtnl_unlock();
	return 0;
}

static int ok_return(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);
	int err = -EBUSY;

	rtnl_lock();
	if (!netif_running(dev))
		goto out;
	netif_carrier_off(dev);
	err = 0;
out:
	rtnl_unlock();
	return err;
}

/* rtnl_lock_killable() returns 0 when it has the lock. */
static int bad_killable(struct device *device)
{
	if (rtnl_lock_killable()) {
		netif_carrier_off(dev_get_drvdata(device));
		rtnl_unlock(); /* WARN: netdev-rtnl-balance */
		return 0;
	}
	return -EINTR; /* the same fault */
}

static int ok_killable(struct device *device)
{
	if (rtnl_lock_killable())
		return -EINTR;
	netif_carrier_off(dev_get_drvdata(device));
	rtnl_unlock();
	return 0;
}

/* rtnl_trylock() returns 1 when it has the lock. */
static int bad_trylock(struct device *device)
{
	if (rtnl_trylock())
		return -EAGAIN; /* the same fault */
	netif_carrier_off(dev_get_drvdata(device));
	rtnl_unlock(); /* WARN: netdev-rtnl-balance */
	return 0;
}

static int ok_trylock(struct device *device)
{
	if (!rtnl_trylock())
		return -EAGAIN;
	netif_carrier_off(dev_get_drvdata(device));
	rtnl_unlock();
	return 0;
}

static int bad_ignored(struct device *device)
{
	rtnl_trylock(); /* WARN: netdev-rtnl-balance: not looked at */
	netif_carrier_off(dev_get_drvdata(device));
	rtnl_unlock();
	return 0;
}

static int bad_is_locked(struct device *device)
{
	if (!rtnl_is_locked())
		rtnl_lock(); /* WARN: netdev-rtnl-balance: whether anybody holds */
	netif_carrier_off(dev_get_drvdata(device));
	rtnl_unlock();
	return 0;
}

static int bad_core_unlock(struct device *device)
{
	rtnl_lock();
	netif_carrier_off(dev_get_drvdata(device));
	__rtnl_unlock(); /* WARN: netdev-rtnl-balance: __rtnl_unlock */
	return 0;
}

static SIMPLE_DEV_PM_OPS(return_pm, bad_return, ok_return);
static SIMPLE_DEV_PM_OPS(killable_pm, bad_killable, ok_killable);
static SIMPLE_DEV_PM_OPS(trylock_pm, bad_trylock, ok_trylock);
static SIMPLE_DEV_PM_OPS(ignored_pm, bad_ignored, ok_return);
static SIMPLE_DEV_PM_OPS(is_locked_pm, bad_is_locked, ok_return);
static SIMPLE_DEV_PM_OPS(core_unlock_pm, bad_core_unlock, ok_return);

struct pci_driver return_driver = { .driver.pm = &return_pm };
struct pci_driver killable_driver = { .driver.pm = &killable_pm };
struct pci_driver trylock_driver = { .driver.pm = &trylock_pm };
struct pci_driver ignored_driver = { .driver.pm = &ignored_pm };
struct pci_driver is_locked_driver = { .driver.pm = &is_locked_pm };
struct pci_driver core_unlock_driver = { .driver.pm = &core_unlock_pm };
