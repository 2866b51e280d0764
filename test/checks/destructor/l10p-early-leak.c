// RUN: %check %s
// ND-L10P, E.4, pedantic: when registration fails early (a name that exists) the
// destructor is not called.
/* OPTIONS: --pedantic */
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct early_priv {
	void *table;
};

static void early_fin(struct net_device *dev)
{
	struct early_priv *priv = netdev_priv(dev);

	kfree(priv->table);
}

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct early_priv));
	struct early_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->table = kzalloc(64, GFP_KERNEL);
	if (!priv->table) {
		free_netdev(dev);
		return -ENOMEM;
	}
	dev->priv_destructor = early_fin;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev); /* WARN: netdev-destructor: table */
	return err;
}

static int init_init(struct net_device *dev)
{
	struct early_priv *priv = netdev_priv(dev);

	priv->table = kzalloc(64, GFP_KERNEL);
	return priv->table ? 0 : -ENOMEM;
}

static const struct net_device_ops init_ops = {
	.ndo_init = init_init,
};

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct early_priv));
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &init_ops;
	dev->priv_destructor = early_fin;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void early_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver early_driver_1 = { .probe = bad_probe, .remove = early_remove };
struct platform_driver early_driver_2 = { .probe = ok_probe, .remove = early_remove };
