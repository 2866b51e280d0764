// RUN: %check %s
// Class 5: the PHY is connected after the MAC is registered; ndo_open starts it.
#include <linux/etherdevice.h>
#include <linux/phy.h>
#include <linux/platform_device.h>

struct phy5_priv {
	struct phy_device *phydev;
};

static void phy5_adjust(struct net_device *dev)
{
	netif_carrier_on(dev);
}

static int phy5_open(struct net_device *dev)
{
	struct phy5_priv *priv = netdev_priv(dev);

	phy_start(priv->phydev);
	return 0;
}

static int phy5_stop(struct net_device *dev)
{
	struct phy5_priv *priv = netdev_priv(dev);

	phy_stop(priv->phydev);
	return 0;
}

static const struct net_device_ops phy5_ops = {
	.ndo_open = phy5_open,
	.ndo_stop = phy5_stop,
};

static int fn_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct phy5_priv));
	struct phy5_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &phy5_ops;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	priv->phydev = phy_connect(dev, "phy", phy5_adjust, PHY_INTERFACE_MODE_MII); /* MISS: netdev-work-after-register: phydev */
	if (IS_ERR(priv->phydev)) {
		err = PTR_ERR(priv->phydev);
		goto err_unregister;
	}
	return 0;

err_unregister:
	unregister_netdev(dev);
err_free:
	free_netdev(dev);
	return err;
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct phy5_priv));
	struct phy5_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &phy5_ops;
	platform_set_drvdata(pdev, dev);
	priv->phydev = phy_connect(dev, "phy", phy5_adjust, PHY_INTERFACE_MODE_MII);
	if (IS_ERR(priv->phydev)) {
		err = PTR_ERR(priv->phydev);
		goto err_free;
	}
	err = register_netdev(dev);
	if (err)
		goto err_phy;
	return 0;

err_phy:
	phy_disconnect(priv->phydev);
err_free:
	free_netdev(dev);
	return err;
}

static void phy5_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct phy5_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	phy_disconnect(priv->phydev);
	free_netdev(dev);
}

struct platform_driver phy5_driver_1 = { .probe = fn_probe, .remove = phy5_remove };
struct platform_driver phy5_driver_2 = { .probe = ok_probe, .remove = phy5_remove };
