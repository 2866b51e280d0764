// RUN: %check %s
// ND-I02: the PHYs of an MDIO bus go with it, and ndo_stop still uses them.
#include <linux/etherdevice.h>
#include <linux/phy.h>
#include <linux/platform_device.h>

struct mac {
	struct mii_bus *bus;
};

static int mac_open(struct net_device *dev)
{
	phy_start(dev->phydev);
	return 0;
}

static int mac_stop(struct net_device *dev)
{
	phy_stop(dev->phydev);
	phy_disconnect(dev->phydev);
	return 0;
}

static const struct net_device_ops mac_ops = {
	.ndo_open = mac_open,
	.ndo_stop = mac_stop,
};

static int mac_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct mac));
	struct mac *mac;
	int err = -ENOMEM;

	if (!dev)
		return -ENOMEM;
	mac = netdev_priv(dev);
	dev->netdev_ops = &mac_ops;
	platform_set_drvdata(pdev, dev);
	mac->bus = mdiobus_alloc();
	if (!mac->bus)
		goto err_free;
	err = mdiobus_register(mac->bus);
	if (err)
		goto err_bus;
	err = register_netdev(dev);
	if (err)
		goto err_unregister;
	return 0;

err_unregister:
	mdiobus_unregister(mac->bus);
err_bus:
	mdiobus_free(mac->bus);
err_free:
	free_netdev(dev);
	return err;
}

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct mac *mac = netdev_priv(dev);

	mdiobus_unregister(mac->bus);
	mdiobus_free(mac->bus); /* WARN: netdev-teardown-before-unregister: still uses 'net_device->phydev' */
	unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct mac *mac = netdev_priv(dev);

	unregister_netdev(dev);
	mdiobus_unregister(mac->bus);
	mdiobus_free(mac->bus);
	free_netdev(dev);
}

struct platform_driver bad_mac = { .probe = mac_probe, .remove = bad_remove };
struct platform_driver ok_mac = { .probe = mac_probe, .remove = ok_remove };
