// RUN: %check %s
// Class 2: needs_free_netdev is set in setup, while a line discipline's close frees
// after unregistration.
#include <linux/netdevice.h>
#include <linux/platform_device.h>

struct disc_priv {
	u8 *rx;
};

static void disc_setup(struct net_device *dev)
{
	dev->mtu = 256;
	dev->needs_free_netdev = true;
}

static void plain_setup(struct net_device *dev)
{
	dev->mtu = 256;
}

static int disc_open_with(struct platform_device *pdev, void (*setup)(struct net_device *dev))
{
	struct net_device *dev;
	struct disc_priv *priv;
	int err = -ENOMEM;

	dev = alloc_netdev(sizeof(struct disc_priv), "disc%d", NET_NAME_UNKNOWN, setup);
	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->rx = kmalloc(256, GFP_KERNEL);
	if (!priv->rx)
		goto out_free;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto out_buf;
	return 0;

out_buf:
	kfree(priv->rx);
out_free:
	free_netdev(dev);
	return err;
}

static int disc_probe(struct platform_device *pdev)
{
	return disc_open_with(pdev, disc_setup);
}

static int plain_probe(struct platform_device *pdev)
{
	return disc_open_with(pdev, plain_setup);
}

static void bad_close(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct disc_priv *priv = netdev_priv(dev);
	u8 *rx = priv->rx;

	unregister_netdev(dev);
	kfree(rx);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_close(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct disc_priv *priv = netdev_priv(dev);
	u8 *rx = priv->rx;

	unregister_netdev(dev);
	kfree(rx);
	free_netdev(dev);
}

struct platform_driver disc_driver_1 = { .probe = disc_probe, .remove = bad_close };
struct platform_driver disc_driver_2 = { .probe = plain_probe, .remove = ok_close };
