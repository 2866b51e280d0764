// RUN: %check %s
// ND-R08: a reference of this thread while it unregisters the device: it waits for
// itself.
#include <linux/etherdevice.h>
#include <linux/pci.h>

static int own_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	dev_hold(dev);
	unregister_netdev(dev); /* WARN: netdev-reference-leak */
	dev_put(dev);
	free_netdev(dev);
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	dev_hold(dev);
	netif_carrier_off(dev);
	dev_put(dev);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver own_driver_1 = { .probe = own_probe, .remove = bad_remove };
struct pci_driver own_driver_2 = { .probe = own_probe, .remove = ok_remove };
