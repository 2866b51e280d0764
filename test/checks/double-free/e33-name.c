// RUN: %check %s
// E.33: the documentation speaks of free_netdevice(), which does not exist; a
// driver's own function of that name is judged by its body.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

static void free_netdevice(struct net_device *dev)
{
	netdev_info(dev, "to be freed\n");
}

static void destroy_netdevice(struct net_device *dev)
{
	free_netdev(dev);
}

static int name_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdevice(dev);
	free_netdev(dev);
}

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	destroy_netdevice(dev);
	free_netdev(dev); /* WARN: netdev-double-free */
}

struct platform_driver name_driver_1 = { .probe = name_probe, .remove = ok_remove };
struct platform_driver name_driver_2 = { .probe = name_probe, .remove = bad_remove };
