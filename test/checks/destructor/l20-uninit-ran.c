// RUN: %check %s
// ND-L20, E.5: after a late failure ndo_uninit has run already.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct un_priv {
	void __percpu *stats;
};

static void un_uninit(struct net_device *dev)
{
	struct un_priv *priv = netdev_priv(dev);

	free_percpu(priv->stats);
}

static int un_init(struct net_device *dev)
{
	struct un_priv *priv = netdev_priv(dev);

	priv->stats = alloc_percpu(u64);
	return priv->stats ? 0 : -ENOMEM;
}

static const struct net_device_ops uninit_ops = {
	.ndo_uninit = un_uninit,
};

static const struct net_device_ops pair_ops = {
	.ndo_init = un_init,
	.ndo_uninit = un_uninit,
};

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct un_priv));
	struct un_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &uninit_ops;
	priv->stats = alloc_percpu(u64);
	if (!priv->stats) {
		free_netdev(dev);
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_percpu(priv->stats); /* WARN: netdev-destructor: stats */
		free_netdev(dev);
	}
	return err;
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct un_priv));
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &pair_ops;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void un_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver un_driver_1 = { .probe = bad_probe, .remove = un_remove };
struct platform_driver un_driver_2 = { .probe = ok_probe, .remove = un_remove };
