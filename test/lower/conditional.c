// RUN: %check %s
// ?: and && || as values and as branches, also the GNU ?: without a middle.
#include <linux/etherdevice.h>
#include <linux/pci.h>


static int bad_ternary_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev) ? -EIO : 0;
	if (!err && id->vendor == 1) {
		free_netdev(dev); /* WARN: netdev-free-while-registered */
		return -ENODEV;
	}
	if (err)
		free_netdev(dev);
	return err;
}

static int ok_ternary_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev) ? -EIO : 0;
	if (err)
		free_netdev(dev);
	return err;
}

static int ok_elvis_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev) ?: 0;
	if (err)
		free_netdev(dev);
	return err;
}

static int ok_and_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = pci_enable_device(pdev);
	if (err || (err = register_netdev(dev))) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static int bad_and_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = 0;
	if (!err && (err = register_netdev(dev)))
		return err; /* WARN: netdev-leak */
	if (id->vendor == 1) {
		unregister_netdev(dev);
		free_netdev(dev);
		return -ENODEV;
	}
	return 0;
}

static int ok_pointer_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	dev = err ? dev : NULL;
	if (dev)
		free_netdev(dev);
	return err;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

/* The value of ?: without a middle is not tied to registration's. */
static void fp_elvis_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev); /* WARN: netdev-unregister-state: registration failed */
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_ternary_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_ternary_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = ok_elvis_probe, .remove = fp_elvis_remove };
struct pci_driver driver_4 = { .probe = ok_and_probe, .remove = plain_remove };
struct pci_driver driver_5 = { .probe = bad_and_probe, .remove = plain_remove };
struct pci_driver driver_6 = { .probe = ok_pointer_probe, .remove = plain_remove };
