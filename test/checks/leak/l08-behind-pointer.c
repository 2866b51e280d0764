// RUN: %check %s
// ND-L07, L08: code behind a pointer has had the device; who made it frees it on other paths all the same.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct chip {
	int (*init)(struct net_device *dev);
};
extern const struct chip *chips[];

static int bad_chip_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = chips[id->driver_data]->init(dev);
	if (err)
		goto free;
	err = pci_enable_device(pdev);
	if (err)
		return err; /* WARN: netdev-leak: the device is not freed on this error path */
	err = register_netdev(dev);
	if (err)
		goto free;
	pci_set_drvdata(pdev, dev);
	return 0;

free:
	free_netdev(dev);
	return err;
}

static void bad_chip_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
} /* WARN: netdev-leak: the device is unregistered but never freed */

struct pci_driver chip_driver = { .probe = bad_chip_probe, .remove = bad_chip_remove };
