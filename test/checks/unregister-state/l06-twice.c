// RUN: %check %s
// ND-L06, ND-D03: a device is unregistered twice. E.16: queueing it twice is fine.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

static int twice_probe(struct platform_device *pdev)
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

static void bad_twice_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	LIST_HEAD(list);

	rtnl_lock();
	unregister_netdevice(dev);
	unregister_netdevice_queue(dev, &list); /* WARN: netdev-unregister-state */
	unregister_netdevice_many(&list);
	rtnl_unlock();
	free_netdev(dev);
}

static void ok_queued_twice_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	LIST_HEAD(list);

	rtnl_lock();
	unregister_netdevice_queue(dev, &list);
	unregister_netdevice_queue(dev, &list);
	unregister_netdevice_many(&list);
	rtnl_unlock();
	free_netdev(dev);
}

static void bad_again_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	unregister_netdev(dev); /* WARN: netdev-unregister-state */
	free_netdev(dev);
}

struct platform_driver twice_driver_1 = { .probe = twice_probe, .remove = bad_twice_remove };
struct platform_driver twice_driver_2 = { .probe = twice_probe, .remove = ok_queued_twice_remove };
struct platform_driver twice_driver_3 = { .probe = twice_probe, .remove = bad_again_remove };

/* ND-D03: devres unregisters what devm_register_netdev() registered. */
static int devm_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	platform_set_drvdata(pdev, dev);
	return devm_register_netdev(&pdev->dev, dev);
}

static void bad_devm_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev); /* WARN: netdev-unregister-state */
}

static void ok_devm_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	netdev_info(dev, "going\n");
}

struct platform_driver devm_driver_1 = { .probe = devm_probe, .remove = bad_devm_remove };
struct platform_driver devm_driver_2 = { .probe = devm_probe, .remove = ok_devm_remove };
