// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * A small network driver with two faults, for tools/quickstart where no kernel
 * source can be had. It is no driver of the kernel's.
 */
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct demo_priv {
	struct net_device *dev;
	struct work_struct reset;
};

static void demo_reset(struct work_struct *work)
{
	struct demo_priv *priv = container_of(work, struct demo_priv, reset);

	netif_wake_queue(priv->dev);
}

static void demo_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct demo_priv *priv = netdev_priv(dev);

	schedule_work(&priv->reset);
}

static netdev_tx_t demo_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops demo_ops = {
	.ndo_start_xmit = demo_xmit,
	.ndo_tx_timeout = demo_tx_timeout,
};

static void demo_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &demo_ops;
	dev->needs_free_netdev = true;
}

static int demo_probe(struct platform_device *pdev)
{
	struct net_device *dev;
	struct demo_priv *priv;
	int err;

	dev = alloc_netdev(sizeof(*priv), "demo%d", NET_NAME_UNKNOWN, demo_setup);
	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	platform_set_drvdata(pdev, dev);

	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	/* Too late: demo_tx_timeout() may have queued it already. */
	INIT_WORK(&priv->reset, demo_reset);
	return 0;
}

static void demo_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct demo_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->reset);
	unregister_netdev(dev);
	/* The core has freed it: needs_free_netdev is set. */
	free_netdev(dev);
}

static struct platform_driver demo_driver = {
	.probe = demo_probe,
	.remove = demo_remove,
};
module_platform_driver(demo_driver);
MODULE_LICENSE("GPL");
