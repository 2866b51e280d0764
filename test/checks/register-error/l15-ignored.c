// RUN: %check %s
// ND-L15: the result of registration is not looked at.
#include <linux/etherdevice.h>
#include <linux/pci.h>

static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	register_netdev(dev); /* WARN: netdev-register-error */
	netif_carrier_off(dev);
	return 0;
}

/* Kept in a variable that nobody looks at before it means something else. */
int bad_kept(struct net_device *dev);
int bad_kept(struct net_device *dev)
{
	int err = eth_validate_addr(dev);

	if (err)
		return err;
	err = register_netdev(dev); /* WARN: netdev-register-error */
	netif_carrier_off(dev);
	err = eth_validate_addr(dev);
	return err;
}

/* Looked at on one path is looked at. */
int ok_kept(struct net_device *dev, int quiet);
int ok_kept(struct net_device *dev, int quiet)
{
	int err = register_netdev(dev);

	netif_carrier_off(dev);
	if (quiet)
		return 0;
	return err;
}

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err < 0) {
		free_netdev(dev);
		return err;
	}
	netif_carrier_off(dev);
	return 0;
}

static int ok_wrapped(struct net_device *dev)
{
	return register_netdev(dev);
}

static int ok_wrapper_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = ok_wrapped(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int ok_bug_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	BUG_ON(register_netdev(dev));
	return 0;
}

/* Found late, where what was ignored does harm. */
static void bad_ignored_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev); /* WARN: netdev-unregister-state: registration failed */
	free_netdev(dev);
}

static void l15_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver l15_driver_1 = { .probe = bad_probe, .remove = bad_ignored_remove };
struct pci_driver l15_driver_2 = { .probe = ok_probe, .remove = l15_remove };
struct pci_driver l15_driver_3 = { .probe = ok_wrapper_probe, .remove = l15_remove };
struct pci_driver l15_driver_4 = { .probe = ok_bug_probe, .remove = l15_remove };
