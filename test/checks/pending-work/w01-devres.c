// RUN: %check %s
// ND-W01: devres frees the device when remove has returned.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct never_priv {
	struct net_device *dev;
	struct work_struct restart;
};

static void never_restart(struct work_struct *work)
{
	struct never_priv *priv = container_of(work, struct never_priv, restart);

	netif_wake_queue(priv->dev);
}

static void never_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct never_priv *priv = netdev_priv(dev);

	schedule_work(&priv->restart);
}

static const struct net_device_ops never_ops = {
	.ndo_tx_timeout = never_tx_timeout,
};

static int never_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, sizeof(struct never_priv));
	struct never_priv *priv;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->restart, never_restart);
	dev->netdev_ops = &never_ops;
	platform_set_drvdata(pdev, dev);
	return register_netdev(dev);
}

static void bad_never_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
} /* WARN: netdev-pending-work: restart */

static struct platform_driver never_driver = {
	.probe = never_probe,
	.remove = bad_never_remove,
};
module_platform_driver(never_driver);

struct stop_priv {
	struct net_device *dev;
	struct work_struct restart;
};

static void stop_restart(struct work_struct *work)
{
	struct stop_priv *priv = container_of(work, struct stop_priv, restart);

	netif_wake_queue(priv->dev);
}

static void stop_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct stop_priv *priv = netdev_priv(dev);

	schedule_work(&priv->restart);
}

static int stop_stop(struct net_device *dev)
{
	struct stop_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->restart);
	return 0;
}

static const struct net_device_ops stop_ops = {
	.ndo_stop = stop_stop,
	.ndo_tx_timeout = stop_tx_timeout,
};

static int stop_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, sizeof(struct stop_priv));
	struct stop_priv *priv;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->restart, stop_restart);
	dev->netdev_ops = &stop_ops;
	platform_set_drvdata(pdev, dev);
	return register_netdev(dev);
}

static void ok_stop_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
}

struct platform_driver stop_driver = {
	.probe = stop_probe,
	.remove = ok_stop_remove,
};
MODULE_LICENSE("GPL");
