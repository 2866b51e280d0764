// RUN: %check %s
// Class 7: the MDIO bus is unregistered while ndo_stop still has a PHY to stop.
#include <linux/etherdevice.h>
#include <linux/phy.h>
#include <linux/platform_device.h>

struct mdio7_priv {
	struct mii_bus *bus;
	struct phy_device *phydev;
};

static void mdio7_adjust(struct net_device *dev)
{
	netif_carrier_on(dev);
}

static int mdio7_open(struct net_device *dev)
{
	struct mdio7_priv *priv = netdev_priv(dev);

	phy_start(priv->phydev);
	return 0;
}

static int mdio7_stop(struct net_device *dev)
{
	struct mdio7_priv *priv = netdev_priv(dev);

	phy_stop(priv->phydev);
	return 0;
}

static const struct net_device_ops mdio7_ops = {
	.ndo_open = mdio7_open,
	.ndo_stop = mdio7_stop,
};

static int mdio7_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct mdio7_priv));
	struct mdio7_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &mdio7_ops;
	platform_set_drvdata(pdev, dev);
	priv->phydev = phy_connect(dev, "phy", mdio7_adjust, PHY_INTERFACE_MODE_MII);
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

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct mdio7_priv *priv = netdev_priv(dev);

	phy_disconnect(priv->phydev); /* WARN: netdev-teardown-before-unregister: phydev */
	unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct mdio7_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	phy_disconnect(priv->phydev);
	free_netdev(dev);
}

struct platform_driver mdio7_driver_1 = { .probe = mdio7_probe, .remove = bad_remove };
struct platform_driver mdio7_driver_2 = { .probe = mdio7_probe, .remove = ok_remove };
