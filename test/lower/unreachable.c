// RUN: %check %s
// Paths that end: BUG_ON(), unreachable(), a noreturn function; and WARN_ON(), which does not.
#include <linux/etherdevice.h>
#include <linux/pci.h>


void give_up(void) __attribute__((__noreturn__));

static int ok_bug_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	BUG_ON(err);
	return 0;
}

static int ok_noreturn_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		give_up();
	return 0;
}

static int ok_unreachable_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		unreachable();
	return err;
}

static int bad_warn_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (WARN_ON(err))
		return err; /* WARN: netdev-leak */
	if (id->vendor == 1) {
		unregister_netdev(dev);
		free_netdev(dev);
		return -ENODEV;
	}
	return 0;
}

static int ok_warn_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (WARN_ON(err))
		free_netdev(dev);
	return err;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = ok_bug_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_noreturn_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = ok_unreachable_probe, .remove = plain_remove };
struct pci_driver driver_4 = { .probe = bad_warn_probe, .remove = plain_remove };
struct pci_driver driver_5 = { .probe = ok_warn_probe, .remove = plain_remove };
