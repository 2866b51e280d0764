// RUN: %check %s
// switch: ranges, fall-through, a default in the middle.
#include <linux/etherdevice.h>
#include <linux/pci.h>


static int bad_switch_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	switch (err) {
	case 0:
		return 0;
	default:
		netdev_info(dev, "failed\n");
		fallthrough;
	case -EEXIST:
		return err; /* WARN: netdev-leak */
	case -EBUSY:
		break;
	}
	free_netdev(dev);
	return err;
}

static int ok_switch_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	switch (err) {
	case 0:
		return 0;
	default:
		netdev_info(dev, "failed\n");
		fallthrough;
	case -EEXIST:
		break;
	case -EBUSY:
		break;
	}
	free_netdev(dev);
	return err;
}

static int ok_range_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	switch (err) {
	case -4095 ... -1:
		free_netdev(dev);
		return err;
	}
	return 0;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

/* A range does not exclude the values outside of it. */
static void fp_range_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev); /* WARN: netdev-unregister-state: registration failed */
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_switch_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_switch_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = ok_range_probe, .remove = fp_range_remove };
