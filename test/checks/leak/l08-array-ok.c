// RUN: %check %s
// ND-L08, L01: what ends the devices of an array frees them, or hands them to code that is not at hand.
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

static void drop_port(struct net_device *dev)
{
	unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_box_remove(struct pci_dev *pdev)
{
	struct box *box = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < box->count; i++)
		if (box->ports[i])
			drop_port(box->ports[i]);
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
			ok_box_remove(pdev);
			return err;
		}
	}
	return 0;
}

struct pci_driver box_driver = { .probe = box_probe, .remove = ok_box_remove };
