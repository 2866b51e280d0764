// RUN: %check %s
// E.10: free_netdev() of a device that was never registered does not look at the
// reference count: dev_hold() does not keep it.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	dev_hold(dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		dev_put(dev); /* WARN: netdev-use-after-free: 'net_device->pcpu_refcnt' is used after the device was freed */
		return err;
	}
	dev_put(dev);
	return 0;
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	dev_hold(dev);
	err = register_netdev(dev);
	if (err) {
		dev_put(dev);
		free_netdev(dev);
		return err;
	}
	dev_put(dev);
	return 0;
}

static void hold_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver hold_driver_1 = { .probe = bad_probe, .remove = hold_remove };
struct platform_driver hold_driver_2 = { .probe = ok_probe, .remove = hold_remove };
