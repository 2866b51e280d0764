// RUN: %check %s
// Class 14: the device is registered only when it is set online; remove() must know.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

static int online14_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	return 0;
}

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev); /* WARN: netdev-unregister-state */
	free_netdev(dev);
}

static void ok_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	if (dev->reg_state == NETREG_REGISTERED)
		unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver online14_driver_1 = { .probe = online14_probe, .remove = bad_remove };
struct platform_driver online14_driver_2 = { .probe = online14_probe, .remove = ok_remove };
