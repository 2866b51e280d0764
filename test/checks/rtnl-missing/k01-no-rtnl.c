// RUN: %check %s
// ND-K01, ND-K09, E.23: functions that need RTNL, from entries that do not hold it.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdevice(dev); /* WARN: netdev-rtnl-missing: register_netdevice */
	if (err)
		free_netdev(dev);
	return err;
}

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	rtnl_lock();
	err = register_netdevice(dev);
	rtnl_unlock();
	if (err)
		free_netdev(dev);
	return err;
}

/* Before registration the number of queues needs no RTNL. */
static int ok_queues_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	netif_set_real_num_tx_queues(dev, 1);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int bad_queues_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	netif_set_real_num_tx_queues(dev, 1); /* WARN: netdev-rtnl-missing: netif_set_real_num_tx_queues */
	return 0;
}

static void rtnl_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

/* Callers hold it: ndo callbacks, and a helper that asserts it. */
static void ok_asserting(struct net_device *dev)
{
	ASSERT_RTNL();
	netdev_update_features(dev);
}

static int ok_open(struct net_device *dev)
{
	netdev_update_features(dev);
	return netif_set_real_num_tx_queues(dev, 2);
}

static const struct net_device_ops held_ops = {
	.ndo_open = ok_open,
};

static int ok_resume(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	rtnl_lock();
	ok_asserting(dev);
	rtnl_unlock();
	return 0;
}

static int bad_resume(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	netdev_update_features(dev); /* WARN: netdev-rtnl-missing: netdev_update_features */
	return 0;
}

static int held_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &held_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static SIMPLE_DEV_PM_OPS(ok_pm_ops, NULL, ok_resume);
static SIMPLE_DEV_PM_OPS(bad_pm_ops, NULL, bad_resume);

struct pci_driver rtnl_driver_1 = { .probe = bad_probe, .remove = rtnl_remove };
struct pci_driver rtnl_driver_2 = { .probe = ok_probe, .remove = rtnl_remove };
struct pci_driver rtnl_driver_3 = { .probe = ok_queues_probe, .remove = rtnl_remove };
struct pci_driver rtnl_driver_4 = { .probe = bad_queues_probe, .remove = rtnl_remove };
struct pci_driver rtnl_driver_5 = {
	.probe = held_probe, .remove = rtnl_remove, .driver.pm = &ok_pm_ops };
struct pci_driver rtnl_driver_6 = {
	.probe = held_probe, .remove = rtnl_remove, .driver.pm = &bad_pm_ops };
