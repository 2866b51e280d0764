// RUN: %check %s
// Calls through a table of known functions, positional and designated initialisers, nested designators.
#include <linux/etherdevice.h>
#include <linux/pci.h>


struct steps {
	int (*up)(struct net_device *dev);
	void (*down)(struct net_device *dev);
};

static int step_up(struct net_device *dev)
{
	return register_netdev(dev);
}

static void step_free(struct net_device *dev)
{
	free_netdev(dev);
}

static void step_say(struct net_device *dev)
{
	netdev_info(dev, "down\n");
}

static const struct steps freeing = { .down = step_free, .up = step_up };
static const struct steps saying = { step_up, step_say };

static int bad_table_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = freeing.up(dev);
	if (err) {
		freeing.down(dev);
		free_netdev(dev); /* WARN: netdev-double-free */
	}
	return err;
}

static int ok_table_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = saying.up(dev);
	if (err) {
		saying.down(dev);
		free_netdev(dev);
	}
	return err;
}

static int bad_local_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int (*up)(struct net_device *dev) = step_up;
	void (*down)(struct net_device *dev) = &step_free;
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = up(dev);
	if (err) {
		down(dev);
		free_netdev(dev); /* WARN: netdev-double-free */
	}
	return err;
}

static int ok_local_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int (*up)(struct net_device *dev) = step_up;
	void (*down)(struct net_device *dev) = &step_say;
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = up(dev);
	if (err) {
		down(dev);
		free_netdev(dev);
	}
	return err;
}

static int ok_parameter_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	void (*down)(struct net_device *dev) = pci_get_drvdata(pdev);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err && !down)
		free_netdev(dev);
	else if (err)
		down(dev);
	return err;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_table_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_table_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = bad_local_probe, .remove = plain_remove };
struct pci_driver driver_4 = { .probe = ok_local_probe, .remove = plain_remove };
struct pci_driver driver_5 = { .probe = ok_parameter_probe, .remove = plain_remove };
