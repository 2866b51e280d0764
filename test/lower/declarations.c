// RUN: %check %s
// Declarations: static locals, shadowing, several declarators, a definition after its use, attributes.
#include <linux/etherdevice.h>
#include <linux/pci.h>


static int __always_unused unused_counter;
static int late_register(struct net_device *dev);

static int bad_shadow_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = late_register(dev);
	if (err) {
		struct net_device *other = dev;

		{
			struct net_device *dev = other;

			free_netdev(dev);
		}
		free_netdev(dev); /* WARN: netdev-double-free */
	}
	return err;
}

static int ok_shadow_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = late_register(dev);
	if (err) {
		{
			struct net_device *dev = NULL;

			pci_set_drvdata(pdev, dev);
		}
		free_netdev(dev);
	}
	return err;
}

static int ok_static_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	static struct net_device *last;
	int err, unused __maybe_unused;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = late_register(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	last = dev;
	pci_set_drvdata(pdev, last);
	return 0;
}

static int late_register(struct net_device *dev)
{
	return register_netdev(dev);
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_shadow_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_shadow_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = ok_static_probe, .remove = plain_remove };
