// RUN: %check %s
// Variadic functions, and functions with an array or a structure by value.
#include <linux/etherdevice.h>
#include <linux/pci.h>


struct pair {
	struct net_device *dev;
	int err;
};

static void say(const char *fmt, ...)
{
	pr_info("say %s\n", fmt);
}

static struct pair up(struct net_device *dev)
{
	struct pair pair = { .dev = dev };

	pair.err = register_netdev(dev);
	return pair;
}

static void drop_all(struct net_device *devs[], int n)
{
	while (n--)
		free_netdev(devs[n]);
}

static int bad_varargs_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		say("%d %d", dev->mtu, err); /* WARN: netdev-use-after-free */
	}
	return err;
}

static int ok_varargs_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		say("%d %d", dev->mtu, err);
		free_netdev(dev);
	}
	return err;
}

static int ok_struct_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	struct pair pair;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	pair = up(dev);
	if (pair.err)
		free_netdev(pair.dev);
	return pair.err;
}

/* A device in a local array is not followed into a callee. */
static int fp_array_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		struct net_device *devs[] = { dev };

		drop_all(devs, 1);
	}
	return err; /* WARN: netdev-leak */
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

/* A structure that is returned by value loses what it holds. */
static void fp_struct_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev); /* WARN: netdev-unregister-state: never registered */
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_varargs_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_varargs_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = ok_struct_probe, .remove = fp_struct_remove };
struct pci_driver driver_4 = { .probe = fp_array_probe, .remove = plain_remove };
