// RUN: %check %s
// ND-K11: unregister_netdev() under a mutex that ndo_stop takes.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct order_priv {
	struct mutex stopped;
	struct mutex other;
};

static int order_stop(struct net_device *dev)
{
	struct order_priv *priv = netdev_priv(dev);

	mutex_lock(&priv->stopped);
	netif_carrier_off(dev);
	mutex_unlock(&priv->stopped);
	return 0;
}

static const struct net_device_ops order_ops = {
	.ndo_stop = order_stop,
};

static int order_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct order_priv));
	struct order_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	mutex_init(&priv->stopped);
	mutex_init(&priv->other);
	dev->netdev_ops = &order_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void fn_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct order_priv *priv = netdev_priv(dev);

	mutex_lock(&priv->stopped);
	unregister_netdev(dev); /* MISS: netdev-rtnl-deadlock: stopped */
	mutex_unlock(&priv->stopped);
	free_netdev(dev);
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct order_priv *priv = netdev_priv(dev);

	mutex_lock(&priv->other);
	unregister_netdev(dev);
	mutex_unlock(&priv->other);
	free_netdev(dev);
}

struct pci_driver order_driver_1 = { .probe = order_probe, .remove = fn_remove };
struct pci_driver order_driver_2 = { .probe = order_probe, .remove = ok_remove };
