// RUN: %check %s
// ND-L07: code behind a pointer that fails may have freed the device; nothing shows who does.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct chip {
	int (*init)(struct net_device *dev);
};
extern const struct chip *chips[];

/* What takes it never gives it back. */
static int ok_chip_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = pci_enable_device(pdev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return chips[id->driver_data]->init(dev);
}

static void ok_chip_remove(struct pci_dev *pdev)
{
}

struct pci_driver ok_chip_driver = { .probe = ok_chip_probe, .remove = ok_chip_remove };
