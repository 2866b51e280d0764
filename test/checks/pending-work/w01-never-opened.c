// RUN: %check %s
// ND-W01: work that probe arms and only ndo_stop cancels, which nobody calls for a device that was never opened.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct bad_nic {
	struct net_device *dev;
	struct work_struct link_work;
};

static void nic_link(struct work_struct *work)
{
	struct bad_nic *n = container_of(work, struct bad_nic, link_work);

	netif_carrier_on(n->dev);
}

static int nic_stop(struct net_device *dev)
{
	struct bad_nic *n = netdev_priv(dev);

	cancel_work_sync(&n->link_work);
	return 0;
}

static const struct net_device_ops nic_ops = { .ndo_stop = nic_stop };

static int nic_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct bad_nic));
	struct bad_nic *n;
	int err;

	if (!dev)
		return -ENOMEM;
	n = netdev_priv(dev);
	n->dev = dev;
	dev->netdev_ops = &nic_ops;
	INIT_WORK(&n->link_work, nic_link);
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	schedule_work(&n->link_work);
	return 0;
}

static void bad_nic_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: never opened */
}

static struct platform_driver nic_driver = {
	.probe = nic_probe,
	.remove = bad_nic_remove,
};
module_platform_driver(nic_driver);

struct ok_nic {
	struct net_device *dev;
	struct work_struct link_work;
};

static void ok_link(struct work_struct *work)
{
	struct ok_nic *n = container_of(work, struct ok_nic, link_work);

	netif_carrier_on(n->dev);
}

static int ok_open(struct net_device *dev)
{
	struct ok_nic *n = netdev_priv(dev);

	schedule_work(&n->link_work);
	return 0;
}

static int ok_stop(struct net_device *dev)
{
	struct ok_nic *n = netdev_priv(dev);

	cancel_work_sync(&n->link_work);
	return 0;
}

static const struct net_device_ops ok_ops = { .ndo_open = ok_open, .ndo_stop = ok_stop };

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ok_nic));
	struct ok_nic *n;
	int err;

	if (!dev)
		return -ENOMEM;
	n = netdev_priv(dev);
	n->dev = dev;
	dev->netdev_ops = &ok_ops;
	INIT_WORK(&n->link_work, ok_link);
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
	free_netdev(dev);
}

static struct platform_driver ok_driver = {
	.probe = ok_probe,
	.remove = ok_remove,
};
