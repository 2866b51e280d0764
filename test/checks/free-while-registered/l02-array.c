// RUN: %check %s
// ND-L02: the devices of an array are freed, and nothing in the unit unregisters any.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct shelf {
	struct net_device *ports[4];
};

static int shelf_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct shelf *shelf = pci_get_drvdata(pdev);
	struct net_device *dev;
	int i;

	for (i = 0; i < 4; i++) {
		dev = alloc_etherdev(0);
		if (!dev)
			break;
		if (register_netdev(dev)) {
			free_netdev(dev);
			break;
		}
		shelf->ports[i] = dev;
	}
	return 0;
}

static void bad_shelf_remove(struct pci_dev *pdev)
{
	struct shelf *shelf = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < 4; i++)
		free_netdev(shelf->ports[i]); /* WARN: netdev-free-while-registered: nothing unregisters it */
}

struct pci_driver shelf_driver = { .probe = shelf_probe, .remove = bad_shelf_remove };
