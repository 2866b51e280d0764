#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct late {
	int irq;
};

static int late_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late));
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

/* Behind unregister_netdev() the device would still be freed too early. */
static void late_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct late *l = netdev_priv(dev);

	free_netdev(dev);
	unregister_netdev(dev);
	pr_info("%d\n", l->irq);
}

static struct platform_driver late_driver = {
	.probe = late_probe,
	.remove = late_remove,
};
module_platform_driver(late_driver);
