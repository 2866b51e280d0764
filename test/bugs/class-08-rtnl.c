// RUN: %check %s
// Class 8: resume opens the device without RTNL; an error path keeps RTNL.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

static int sleep8_start(struct net_device *dev)
{
	return netif_set_real_num_tx_queues(dev, 4);
}

static int sleep8_open(struct net_device *dev)
{
	return sleep8_start(dev);
}

static const struct net_device_ops sleep8_ops = {
	.ndo_open = sleep8_open,
};

static int bad_resume(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	return netif_set_real_num_tx_queues(dev, 4); /* WARN: netdev-rtnl-missing: netif_set_real_num_tx_queues */
}

static int ok_resume(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);
	int err;

	rtnl_lock();
	err = netif_set_real_num_tx_queues(dev, 4);
	rtnl_unlock();
	return err;
}

static int bad_suspend(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	rtnl_lock();
	if (!netif_running(dev))
		return 0; /* WARN: netdev-rtnl-balance */
	netif_device_detach(dev);
	rtnl_unlock();
	return 0;
}

static int ok_suspend(struct device *device)
{
	struct net_device *dev = dev_get_drvdata(device);

	rtnl_lock();
	if (netif_running(dev))
		netif_device_detach(dev);
	rtnl_unlock();
	return 0;
}

static SIMPLE_DEV_PM_OPS(bad_pm, bad_suspend, bad_resume);
static SIMPLE_DEV_PM_OPS(ok_pm, ok_suspend, ok_resume);

static int sleep8_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &sleep8_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void sleep8_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver sleep8_driver_1 = {
	.probe = sleep8_probe, .remove = sleep8_remove, .driver.pm = &bad_pm };
struct pci_driver sleep8_driver_2 = {
	.probe = sleep8_probe, .remove = sleep8_remove, .driver.pm = &ok_pm };
