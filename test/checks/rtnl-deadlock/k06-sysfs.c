// RUN: %check %s
// ND-K06: an attribute of the netdev is removed under RTNL while its handlers are
// waited for; they must not block on RTNL.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>
#include <linux/sysfs.h>

static ssize_t bad_mode_store(struct device *d, struct device_attribute *attr,
			      const char *buf, size_t count)
{
	rtnl_lock(); /* WARN: netdev-rtnl-deadlock: rtnl_lock */
	netif_carrier_on(to_net_dev(d));
	rtnl_unlock();
	return count;
}

static ssize_t ok_mode_store(struct device *d, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	if (!rtnl_trylock())
		return restart_syscall();
	netif_carrier_on(to_net_dev(d));
	rtnl_unlock();
	return count;
}

static struct device_attribute bad_attr = __ATTR(bad, 0200, NULL, bad_mode_store);
static struct device_attribute ok_attr = __ATTR(ok, 0200, NULL, ok_mode_store);

static struct attribute *mode_attrs[] = {
	&bad_attr.attr,
	&ok_attr.attr,
	NULL,
};

static const struct attribute_group mode_group = {
	.attrs = mode_attrs,
};

static int sysfs_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->sysfs_groups[0] = &mode_group;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void sysfs_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver sysfs_driver = { .probe = sysfs_probe, .remove = sysfs_remove };
