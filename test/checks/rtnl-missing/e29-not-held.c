// RUN: %check %s
// E.23, E.29, E.30: entries whose RTNL state must not be assumed, and locks taken
// only when a flag says so.
#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

static int ok_apply(struct net_device *dev, bool take_rtnl)
{
	int err;

	if (take_rtnl)
		rtnl_lock();
	err = netif_set_real_num_tx_queues(dev, 1);
	if (take_rtnl)
		rtnl_unlock();
	return err;
}

static int ok_do_ioctl(struct net_device *dev, struct ifreq *ifr, int cmd)
{
	netdev_update_features(dev);
	return 0;
}

static u32 ok_get_link(struct net_device *dev)
{
	netdev_update_features(dev);
	return 1;
}

/* Runtime resume runs with RTNL held when the device is opened. */
static int ok_runtime_resume(struct device *device)
{
	netdev_update_features(dev_get_drvdata(device));
	return 0;
}

static int bad_system_resume(struct device *device)
{
	netdev_update_features(dev_get_drvdata(device)); /* WARN: netdev-rtnl-missing */
	return 0;
}

static const struct net_device_ops any_ops = {
	.ndo_do_ioctl = ok_do_ioctl,
};

static const struct ethtool_ops any_ethtool_ops = {
	.get_link = ok_get_link,
};

static const struct dev_pm_ops any_pm_ops = {
	.runtime_resume = ok_runtime_resume,
	.resume = bad_system_resume,
};

static int any_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &any_ops;
	dev->ethtool_ops = &any_ethtool_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	ok_apply(dev, true);
	return 0;
}

static void any_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver any_driver = {
	.probe = any_probe, .remove = any_remove, .driver.pm = &any_pm_ops };
