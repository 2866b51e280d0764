// RUN: %check %s
// ND-L05 between calls of one callback: one leaves a device that could not be registered where the next finds it.
#include <linux/device.h>
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct slot_port {
	struct net_device *left, *cleared, *flagged, *paired;
	bool up;
};

/* The pointer is all that is asked for. */
static void bad_close(struct slot_port *port)
{
	if (port->left) {
		unregister_netdev(port->left); /* WARN: netdev-unregister-state: 'port->left' is unregistered whether or not it could be registered */
		free_netdev(port->left);
		port->left = NULL;
	}
}

static ssize_t left_store(struct device *d, struct device_attribute *attr, const char *buf, size_t len)
{
	struct slot_port *port = dev_get_drvdata(d);
	struct net_device *dev;
	int err;

	if (buf[0] == '-') {
		bad_close(port);
		return len;
	}
	dev = alloc_etherdev(0);
	if (!dev)
		return -ENOMEM;
	port->left = dev;
	err = register_netdev(dev);
	if (err) {
		return err;
	}
	return len;
}

/* The place is cleared. */
static void ok_cleared_close(struct slot_port *port)
{
	if (port->cleared) {
		unregister_netdev(port->cleared);
		free_netdev(port->cleared);
		port->cleared = NULL;
	}
}

static ssize_t ok_cleared_store(struct device *d, struct device_attribute *attr, const char *buf, size_t len)
{
	struct slot_port *port = dev_get_drvdata(d);
	struct net_device *dev;
	int err;

	if (buf[0] == '-') {
		ok_cleared_close(port);
		return len;
	}
	dev = alloc_etherdev(0);
	if (!dev)
		return -ENOMEM;
	port->cleared = dev;
	err = register_netdev(dev);
	if (err) {
		port->cleared = NULL;
		free_netdev(dev);
		return err;
	}
	return len;
}

/* Something else may tell. */
static void ok_flagged_close(struct slot_port *port)
{
	if (port->up) {
		unregister_netdev(port->flagged);
		free_netdev(port->flagged);
		port->flagged = NULL;
	}
}

static ssize_t ok_flagged_store(struct device *d, struct device_attribute *attr, const char *buf, size_t len)
{
	struct slot_port *port = dev_get_drvdata(d);
	struct net_device *dev;
	int err;

	if (buf[0] == '-') {
		ok_flagged_close(port);
		return len;
	}
	dev = alloc_etherdev(0);
	if (!dev)
		return -ENOMEM;
	port->flagged = dev;
	err = register_netdev(dev);
	if (err) {
		return err;
	}
	port->up = true;
	return len;
}

static struct device_attribute slot_attrs[] = {
	{ .store = left_store }, { .store = ok_cleared_store }, { .store = ok_flagged_store },
};

/* Callbacks in pairs: what ends is not called where what begins failed. */
static int ok_enable(struct pci_dev *pdev, int n)
{
	struct slot_port *port = pci_get_drvdata(pdev);

	port->paired = alloc_etherdev(0);
	if (!port->paired)
		return -ENOMEM;
	return register_netdev(port->paired);
}

static void ok_remove(struct pci_dev *pdev)
{
	struct slot_port *port = pci_get_drvdata(pdev);

	unregister_netdev(port->paired);
	free_netdev(port->paired);
}
static struct pci_driver slot_driver = { .sriov_configure = ok_enable, .remove = ok_remove };
