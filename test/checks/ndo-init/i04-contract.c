// RUN: %check %s
// ND-I04: a failing ndo_init releases what it took; ndo_uninit neither frees nor
// unregisters the device, and both run with RTNL held.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

struct init_priv {
	void *a;
	void *b;
};

static int bad_init(struct net_device *dev)
{
	struct init_priv *priv = netdev_priv(dev);

	priv->a = kzalloc(64, GFP_KERNEL);
	if (!priv->a)
		return -ENOMEM;
	priv->b = kzalloc(64, GFP_KERNEL);
	if (!priv->b)
		return -ENOMEM; /* WARN: netdev-ndo-init: a */
	return 0;
}

static int ok_init(struct net_device *dev)
{
	struct init_priv *priv = netdev_priv(dev);

	priv->a = kzalloc(64, GFP_KERNEL);
	if (!priv->a)
		return -ENOMEM;
	priv->b = kzalloc(64, GFP_KERNEL);
	if (!priv->b) {
		kfree(priv->a);
		return -ENOMEM;
	}
	return 0;
}

static void ok_uninit(struct net_device *dev)
{
	struct init_priv *priv = netdev_priv(dev);

	kfree(priv->b);
	kfree(priv->a);
}

static void bad_uninit(struct net_device *dev)
{
	struct init_priv *priv = netdev_priv(dev);

	kfree(priv->b);
	kfree(priv->a);
	free_netdev(dev); /* WARN: netdev-ndo-init */
}

static int bad_positive_init(struct net_device *dev)
{
	netdev_info(dev, "init\n");
	return 1; /* WARN: netdev-ndo-init */
}

static int ok_zero_init(struct net_device *dev)
{
	netdev_info(dev, "init\n");
	return 0;
}

static const struct net_device_ops bad_init_ops = { .ndo_init = bad_init, .ndo_uninit = ok_uninit };
static const struct net_device_ops ok_ops = { .ndo_init = ok_init, .ndo_uninit = ok_uninit };
static const struct net_device_ops bad_uninit_ops = { .ndo_init = ok_init, .ndo_uninit = bad_uninit };
static const struct net_device_ops positive_ops = { .ndo_init = bad_positive_init };
static const struct net_device_ops zero_ops = { .ndo_init = ok_zero_init };

static int init_register(struct platform_device *pdev, const struct net_device_ops *ops)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct init_priv));
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = ops;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int probe_1(struct platform_device *pdev)
{
	return init_register(pdev, &bad_init_ops);
}

static int probe_2(struct platform_device *pdev)
{
	return init_register(pdev, &ok_ops);
}

static int probe_3(struct platform_device *pdev)
{
	return init_register(pdev, &bad_uninit_ops);
}

static int probe_4(struct platform_device *pdev)
{
	return init_register(pdev, &positive_ops);
}

static int probe_5(struct platform_device *pdev)
{
	return init_register(pdev, &zero_ops);
}

static void init_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static void uninit_remove(struct platform_device *pdev)
{
	unregister_netdev(platform_get_drvdata(pdev));
}

struct platform_driver init_driver_1 = { .probe = probe_1, .remove = init_remove };
struct platform_driver init_driver_2 = { .probe = probe_2, .remove = init_remove };
struct platform_driver init_driver_3 = { .probe = probe_3, .remove = uninit_remove };
struct platform_driver init_driver_4 = { .probe = probe_4, .remove = init_remove };
struct platform_driver init_driver_5 = { .probe = probe_5, .remove = init_remove };

/* Whoever held the old device holds the new one: nothing of ndo_init's. */
struct route {
	struct net_device *dev;
	netdevice_tracker tracker;
};

struct route *route_of(struct net_device *dev);
void route_put(struct route *route);
void netdev_ref_replace(struct net_device *odev, struct net_device *ndev,
			netdevice_tracker *tracker, gfp_t gfp);

static int ok_replace_init(struct net_device *dev)
{
	struct route *route = route_of(dev);

	if (dev->mtu)
		return 0;
	netdev_ref_replace(route->dev, dev_net(dev)->loopback_dev, &route->tracker, GFP_KERNEL);
	route->dev = dev_net(dev)->loopback_dev;
	route_put(route);
	return -ENOMEM;
}

struct net_device_ops i04_replace_ops = { .ndo_init = ok_replace_init };
