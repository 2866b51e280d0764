// RUN: %check %s
// ND-L08: the devices of an array are unregistered; only who makes them frees any.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/slab.h>

struct box {
	int count;
	struct net_device *ports[4];
};

static int make_port(struct box *box, int i)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	box->ports[i] = dev;
	return 0;
}

static void bad_drop_port(struct net_device *dev)
{
	unregister_netdev(dev); /* WARN: netdev-leak: the devices are unregistered but never freed */
}

static void box_remove(struct pci_dev *pdev)
{
	struct box *box = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < box->count; i++)
		if (box->ports[i])
			bad_drop_port(box->ports[i]);
	kfree(box);
}

static int box_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct box *box = kzalloc(sizeof(*box), GFP_KERNEL);
	int i, err;

	if (!box)
		return -ENOMEM;
	box->count = 4;
	pci_set_drvdata(pdev, box);
	for (i = 0; i < box->count; i++) {
		err = make_port(box, i);
		if (err) {
			box_remove(pdev);
			return err;
		}
	}
	return 0;
}

struct pci_driver box_driver = { .probe = box_probe, .remove = box_remove };
