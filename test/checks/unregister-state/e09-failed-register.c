// RUN: %check %s
// ND-L05, E.9: unregistration on the path where registration failed, or that
// never registered.
#include <linux/etherdevice.h>
#include <linux/pci.h>

static int bad_label_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_out;
	return 0;

err_out:
	unregister_netdev(dev); /* WARN: netdev-unregister-state */
	free_netdev(dev);
	return err;
}

static int ok_label_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_out;
	return 0;

err_out:
	pci_set_drvdata(pdev, NULL);
	free_netdev(dev);
	return err;
}

static int bad_early_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = pci_enable_device(pdev);
	if (err) {
		unregister_netdev(dev); /* WARN: netdev-unregister-state */
		free_netdev(dev);
		return err;
	}
	err = register_netdev(dev);
	if (err) {
		pci_disable_device(pdev);
		free_netdev(dev);
	}
	return err;
}

static void l05_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

/* A shared clean-up function that looks at reg_state. */
static void ok_cleanup(struct net_device *dev)
{
	if (dev->reg_state == NETREG_REGISTERED)
		unregister_netdev(dev);
	free_netdev(dev);
}

static int shared_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		ok_cleanup(dev);
	return err;
}

static void shared_remove(struct pci_dev *pdev)
{
	ok_cleanup(pci_get_drvdata(pdev));
}

struct pci_driver l05_driver_1 = { .probe = bad_label_probe, .remove = l05_remove };
struct pci_driver l05_driver_2 = { .probe = ok_label_probe, .remove = l05_remove };
struct pci_driver l05_driver_3 = { .probe = bad_early_probe, .remove = l05_remove };
struct pci_driver l05_driver_4 = { .probe = shared_probe, .remove = shared_remove };
