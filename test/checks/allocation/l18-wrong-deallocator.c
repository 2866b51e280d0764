// RUN: %check %s
// ND-L18: a device, or its private area, given to kfree().
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct wrong_priv {
	int id;
};

static int wrong_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct wrong_priv));
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_dev_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	kfree(dev); /* WARN: netdev-allocation: kfree */
}

static void ok_dev_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static void bad_priv_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct wrong_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	kfree(priv); /* WARN: netdev-allocation: kfree */
	free_netdev(dev);
}

struct pci_driver wrong_driver_1 = { .probe = wrong_probe, .remove = bad_dev_remove };
struct pci_driver wrong_driver_2 = { .probe = wrong_probe, .remove = ok_dev_remove };
struct pci_driver wrong_driver_3 = { .probe = wrong_probe, .remove = bad_priv_remove };
