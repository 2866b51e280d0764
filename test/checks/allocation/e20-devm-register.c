// RUN: %check %s
// ND-D02, ND-D04, E.20: devm_register_netdev() wants a device of
// devm_alloc_etherdev() on the same struct device, and the parent set.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

static int bad_plain_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	err = devm_register_netdev(&pdev->dev, dev); /* WARN: netdev-allocation */
	if (err)
		free_netdev(dev);
	return err;
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	return devm_register_netdev(&pdev->dev, dev);
}

static int bad_parent_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);

	if (!dev)
		return -ENOMEM;
	return devm_register_netdev(&pdev->dev, dev); /* WARN: netdev-allocation */
}

static void set_parent(struct net_device *dev, struct device *parent)
{
	dev->dev.parent = parent;
}

static int ok_helper_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);

	if (!dev)
		return -ENOMEM;
	set_parent(dev, &pdev->dev);
	return devm_register_netdev(&pdev->dev, dev);
}

struct platform_driver devm_driver_1 = { .probe = bad_plain_probe };
struct platform_driver devm_driver_2 = { .probe = ok_probe };
struct platform_driver devm_driver_3 = { .probe = bad_parent_probe };
struct platform_driver devm_driver_4 = { .probe = ok_helper_probe };
