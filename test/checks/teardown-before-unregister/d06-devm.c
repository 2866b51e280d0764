// RUN: %check %s
// ND-D06, E.20: with devm_register_netdev() the device is unregistered only after
// remove() returned.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct devm_priv {
	struct net_device *dev;
	struct workqueue_struct *wq;
	struct work_struct reset;
};

static void devm_reset(struct work_struct *work)
{
	struct devm_priv *priv = container_of(work, struct devm_priv, reset);

	netif_wake_queue(priv->dev);
}

static void devm_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct devm_priv *priv = netdev_priv(dev);

	queue_work(priv->wq, &priv->reset);
}

static const struct net_device_ops devm_ops = {
	.ndo_tx_timeout = devm_tx_timeout,
};

static int manual_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, sizeof(struct devm_priv));
	struct devm_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &devm_ops;
	INIT_WORK(&priv->reset, devm_reset);
	priv->wq = alloc_workqueue("devm", 0, 0);
	if (!priv->wq)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = devm_register_netdev(&pdev->dev, dev);
	if (err)
		destroy_workqueue(priv->wq);
	return err;
}

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct devm_priv *priv = netdev_priv(dev);

	destroy_workqueue(priv->wq); /* WARN: netdev-teardown-before-unregister: wq */
}

struct platform_driver devm_driver_1 = { .probe = manual_probe, .remove = bad_remove };

static void destroy_action(void *data)
{
	destroy_workqueue(data);
}

static int ok_action_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, sizeof(struct devm_priv));
	struct devm_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &devm_ops;
	INIT_WORK(&priv->reset, devm_reset);
	priv->wq = alloc_workqueue("devm", 0, 0);
	if (!priv->wq)
		return -ENOMEM;
	err = devm_add_action_or_reset(&pdev->dev, destroy_action, priv->wq);
	if (err)
		return err;
	return devm_register_netdev(&pdev->dev, dev);
}

struct platform_driver devm_driver_2 = { .probe = ok_action_probe };
