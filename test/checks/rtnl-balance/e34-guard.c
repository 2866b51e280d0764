// RUN: %check %s
// E.34: guards give RTNL back where their scope ends, also in the middle of a
// function that goes on to take it by hand.
#include <linux/pci.h>
#include <linux/rtnetlink.h>

static int ok_suspend(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	scoped_guard(rtnl) {
		if (!netif_running(dev))
			return 0;
		netif_device_detach(dev);
	}
	rtnl_lock();
	netif_carrier_off(dev);
	rtnl_unlock();
	return 0;
}

static int bad_suspend(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	scoped_guard(rtnl) {
		if (!netif_running(dev))
			return 0;
		netif_device_detach(dev);
	}
	netif_carrier_off(dev);
	rtnl_unlock(); /* WARN: netdev-rtnl-balance */
	return 0;
}

static int ok_resume(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	guard(rtnl)();
	if (!netif_running(dev))
		return -ENODEV;
	netif_device_attach(dev);
	return 0;
}

static SIMPLE_DEV_PM_OPS(ok_pm, ok_suspend, ok_resume);
static SIMPLE_DEV_PM_OPS(bad_pm, bad_suspend, ok_resume);

struct pci_driver guard_driver_1 = { .driver.pm = &ok_pm };
struct pci_driver guard_driver_2 = { .driver.pm = &bad_pm };
