// RUN: %check %s
// ND-L07: a function that fails leaves a device that its caller never got to see, whatever the caller makes of the error.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>

static int bad_add(struct device *parent)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, parent);
	err = register_netdev(dev);
	if (err)
		return err; /* WARN: netdev-leak: registration failed */
	dev_set_drvdata(parent, dev);
	return 0;
}

static int ok_add(struct device *parent, struct net_device **out)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	*out = dev;
	err = register_netdev(dev);
	if (err)
		return err; /* the caller has it */
	dev_set_drvdata(parent, dev);
	return 0;
}

static int probe(struct platform_device *pdev)
{
	struct net_device *dev = NULL;

	bad_add(&pdev->dev);
	if (ok_add(&pdev->dev, &dev) && dev)
		free_netdev(dev);
	return 0;
}

static struct platform_driver driver = { .probe = probe };
module_platform_driver(driver);
