// RUN: %check %s
// E.2: with needs_free_netdev the device dies in rtnl_unlock() or inside of
// unregister_netdev(), not before.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

struct die_priv {
	u32 packets;
};

static void die_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int die_probe(struct platform_device *pdev)
{
	struct net_device *dev;
	int err;

	dev = alloc_netdev(sizeof(struct die_priv), "die%d", NET_NAME_ENUM, die_setup);
	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_after_unlock(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct die_priv *priv = netdev_priv(dev);

	rtnl_lock();
	unregister_netdevice(dev);
	rtnl_unlock();
	priv->packets = 0; /* WARN: netdev-use-after-free: packets */
}

static void ok_before_unlock(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct die_priv *priv = netdev_priv(dev);

	rtnl_lock();
	unregister_netdevice(dev);
	priv->packets = 0;
	rtnl_unlock();
}

static void bad_after_unregister(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct die_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	priv->packets = 0; /* WARN: netdev-use-after-free: packets */
}

static void ok_before_unregister(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct die_priv *priv = netdev_priv(dev);

	priv->packets = 0;
	unregister_netdev(dev);
}

struct platform_driver die_driver_1 = { .probe = die_probe, .remove = bad_after_unlock };
struct platform_driver die_driver_2 = { .probe = die_probe, .remove = ok_before_unlock };
struct platform_driver die_driver_3 = { .probe = die_probe, .remove = bad_after_unregister };
struct platform_driver die_driver_4 = { .probe = die_probe, .remove = ok_before_unregister };
