// RUN: %check %s
// Unions, anonymous members, compound literals, bit-fields.
#include <linux/etherdevice.h>
#include <linux/pci.h>


struct holder {
	union {
		struct net_device *dev;
		void *any;
	};
	unsigned int registered:1;
	struct {
		struct net_device *inner;
	};
};

static int bad_union_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	struct holder holder;
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	holder.dev = dev;
	err = register_netdev(holder.dev);
	if (err) {
		free_netdev(holder.dev);
		free_netdev(dev); /* WARN: netdev-double-free */
	}
	return err;
}

static int ok_union_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	struct holder holder;
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	holder.dev = dev;
	err = register_netdev(holder.dev);
	if (err)
		free_netdev(holder.any);
	return err;
}

static int fn_literal_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	struct holder holder;
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	holder = (struct holder){ .inner = dev };
	err = register_netdev(holder.inner);
	if (err) {
		free_netdev(holder.inner);
		free_netdev(dev); /* MISS: netdev-double-free */
	}
	return err;
}

static int ok_bitfield_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	struct holder holder;
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	holder = (struct holder){ .inner = dev };
	err = register_netdev(dev);
	holder.registered = !err;
	if (!holder.registered)
		free_netdev(holder.inner);
	return err;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

/* What a compound literal holds is lost when it is assigned. */
static void fp_literal_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev); /* WARN: netdev-unregister-state: never registered */
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_union_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_union_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = fn_literal_probe, .remove = fp_literal_remove };
struct pci_driver driver_4 = { .probe = ok_bitfield_probe, .remove = plain_remove };
