// RUN: %check %s
// ND-I01 (b): members of struct net_device that must be set before registration.
#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/platform_device.h>

static netdev_tx_t store_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops store_ops = {
	.ndo_start_xmit = store_xmit,
};

static const struct ethtool_ops store_ethtool_ops = {
	.get_link = ethtool_op_get_link,
};

static int bad_ops_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	dev->netdev_ops = &store_ops; /* WARN: netdev-work-after-register: netdev_ops */
	return 0;
}

static int ok_ops_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	dev->netdev_ops = &store_ops;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static int bad_ethtool_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &store_ops;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto out_free;
	dev->ethtool_ops = &store_ethtool_ops; /* WARN: netdev-work-after-register: ethtool_ops */
	dev->watchdog_timeo = 5 * HZ; /* WARN: netdev-work-after-register: watchdog_timeo */
	dev->max_mtu = 9000; /* WARN: netdev-work-after-register: max_mtu */
	return 0;

out_free:
	free_netdev(dev);
	return err;
}

static int ok_ethtool_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &store_ops;
	dev->ethtool_ops = &store_ethtool_ops;
	dev->watchdog_timeo = 5 * HZ;
	dev->max_mtu = 9000;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto out_free;
	return 0;

out_free:
	free_netdev(dev);
	return err;
}

static void store_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver bad_ops_driver = {
	.probe = bad_ops_probe,
	.remove = store_remove,
};

struct platform_driver ok_ops_driver = {
	.probe = ok_ops_probe,
	.remove = store_remove,
};

struct platform_driver bad_ethtool_driver = {
	.probe = bad_ethtool_probe,
	.remove = store_remove,
};

struct platform_driver ok_ethtool_driver = {
	.probe = ok_ethtool_probe,
	.remove = store_remove,
};

/* Stores that are legal or harmless after registration. */
static void legal_destructor(struct net_device *dev)
{
	netdev_info(dev, "gone\n");
}

static int ok_legal_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &store_ops;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	dev->priv_destructor = legal_destructor;
	dev->stats.tx_errors = 0;
	return 0;
}

struct platform_driver ok_legal_driver = {
	.probe = ok_legal_probe,
	.remove = store_remove,
};
