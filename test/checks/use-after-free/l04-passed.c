// RUN: %check %s
// ND-L04: a function of the kernel gets a device that is gone. To print where
// it was is no use of it.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>

static int bad_passed_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	if (register_netdev(dev)) {
		free_netdev(dev);
		netif_carrier_off(dev); /* WARN: netdev-use-after-free: used after */
		return -EIO;
	}
	platform_set_drvdata(pdev, dev);
	return 0;
}

static void ok_passed_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	netif_carrier_off(dev);
	free_netdev(dev);
	pr_info("%p is gone\n", dev);
}

static struct platform_driver passed_driver = {
	.probe = bad_passed_probe,
	.remove = ok_passed_remove,
};
module_platform_driver(passed_driver);
MODULE_LICENSE("GPL");
