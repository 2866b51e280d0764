// RUN: %check %s
// ND-L07: who calls the function that makes the device frees it on one of its error paths, so it must on the others.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct part {
	struct net_device *dev;
};

struct part *part_of(struct pci_dev *pdev);

static int make_dev(struct part *part)
{
	part->dev = alloc_etherdev(0);
	return part->dev ? 0 : -ENOMEM;
}

static void drop_dev(struct part *part)
{
	free_netdev(part->dev);
	part->dev = NULL;
}

static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct part *part = pci_get_drvdata(pdev);
	int err;

	err = make_dev(part);
	if (err)
		return err;
	err = pci_enable_device(pdev);
	if (err) {
		drop_dev(part);
		return err;
	}
	err = register_netdev(part->dev);
	return err; /* WARN: netdev-leak: after its registration failed */
}

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct part *part = pci_get_drvdata(pdev);
	int err;

	err = make_dev(part);
	if (err)
		return err;
	err = pci_enable_device(pdev);
	if (!err)
		err = register_netdev(part->dev);
	if (err)
		drop_dev(part);
	return err;
}

static void part_remove(struct pci_dev *pdev)
{
	struct part *part = pci_get_drvdata(pdev);

	unregister_netdev(part->dev);
	drop_dev(part);
}

static struct pci_driver bad_driver = { .probe = bad_probe, .remove = part_remove };
static struct pci_driver ok_driver = { .probe = ok_probe, .remove = part_remove };
