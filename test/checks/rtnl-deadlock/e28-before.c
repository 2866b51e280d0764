// RUN: %check %s
// ND-K12, E.28: until 6.14 a device has no lock of its own that dev_close() takes.
#include <linux/etherdevice.h>
#include <linux/pci.h>

static const struct netdev_queue_mgmt_ops queue_ops;

static int ok_change_mtu(struct net_device *dev, int new_mtu)
{
	dev_close(dev);
	dev->mtu = new_mtu;
	return 0;
}

static const struct net_device_ops ok_ops = { .ndo_change_mtu = ok_change_mtu };

static int old_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &ok_ops;
	dev->queue_mgmt_ops = &queue_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void old_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver old_driver = { .probe = old_probe, .remove = old_remove };
