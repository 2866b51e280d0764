// RUN: %check %s
// Loops over arrays and lists: for, while, do-while, break and continue.
#include <linux/etherdevice.h>
#include <linux/pci.h>


struct port {
	struct list_head node;
	struct net_device *dev;
};

static LIST_HEAD(ports);

static int bad_array_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *devs[4] = { NULL };
	int i, err = -ENOMEM;

	for (i = 0; i < ARRAY_SIZE(devs); i++) {
		devs[i] = alloc_etherdev(0);
		if (!devs[i])
			goto err_unregister;
		err = register_netdev(devs[i]);
		if (err)
			goto err_unregister; /* WARN+9: netdev-leak */
	}
	return 0;

err_unregister:
	while (--i >= 0) {
		unregister_netdev(devs[i]);
		free_netdev(devs[i]);
	}
	return err;
}

static int ok_array_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *devs[4] = { NULL };
	int i, err = -ENOMEM;

	for (i = 0; i < ARRAY_SIZE(devs); i++) {
		devs[i] = alloc_etherdev(0);
		if (!devs[i])
			goto err_unregister;
		err = register_netdev(devs[i]);
		if (err) {
			free_netdev(devs[i]);
			goto err_unregister;
		}
	}
	return 0;

err_unregister:
	while (--i >= 0) {
		unregister_netdev(devs[i]);
		free_netdev(devs[i]);
	}
	return err;
}

static int list_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);
	int err;

	if (!port)
		return -ENOMEM;
	port->dev = alloc_etherdev(0);
	if (!port->dev) {
		kfree(port);
		return -ENOMEM;
	}
	err = register_netdev(port->dev);
	if (err) {
		free_netdev(port->dev);
		kfree(port);
		return err;
	}
	list_add(&port->node, &ports);
	return 0;
}

static void fn_list_remove(struct pci_dev *pdev)
{
	struct port *port, *tmp;

	list_for_each_entry_safe(port, tmp, &ports, node) {
		list_del(&port->node);
		unregister_netdev(port->dev);
		free_netdev(port->dev);
		netdev_info(port->dev, "gone\n"); /* MISS: netdev-use-after-free */
		kfree(port);
	}
}

static void ok_list_remove(struct pci_dev *pdev)
{
	struct port *port, *tmp;

	list_for_each_entry_safe(port, tmp, &ports, node) {
		list_del(&port->node);
		unregister_netdev(port->dev);
		netdev_info(port->dev, "gone\n");
		free_netdev(port->dev);
		kfree(port);
	}
}

static int ok_do_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev;
	int tries = 3;

	do {
		dev = alloc_etherdev(0);
		if (!dev)
			continue;
		if (!register_netdev(dev))
			break;
		free_netdev(dev);
		dev = NULL;
	} while (--tries);
	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	return 0;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_array_probe };
struct pci_driver driver_2 = { .probe = ok_array_probe };
struct pci_driver driver_3 = { .probe = list_probe, .remove = fn_list_remove };
struct pci_driver driver_4 = { .probe = list_probe, .remove = ok_list_remove };
struct pci_driver driver_5 = { .probe = ok_do_probe, .remove = plain_remove };
