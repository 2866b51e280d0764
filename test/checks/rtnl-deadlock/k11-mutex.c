// RUN: %check %s
// ND-K11: unregister_netdev() under a mutex that ndo_stop takes; work that waits for
// the RTNL with it held.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

struct order_priv {
	struct mutex stopped;
	struct mutex other;
	struct net_device *dev;
	struct work_struct restart;
	struct work_struct good_restart;
	struct work_struct other_restart;
};

static void order_lock(struct order_priv *priv)
{
	mutex_lock(&priv->stopped);
}

static void bad_restart(struct work_struct *work)
{
	struct order_priv *priv = container_of(work, struct order_priv, restart);

	order_lock(priv);
	rtnl_lock(); /* WARN: netdev-rtnl-deadlock: stopped */
	netif_carrier_on(priv->dev);
	rtnl_unlock();
	mutex_unlock(&priv->stopped);
}

static void ok_restart(struct work_struct *work)
{
	struct order_priv *priv = container_of(work, struct order_priv, good_restart);

	order_lock(priv);
	mutex_unlock(&priv->stopped);
	rtnl_lock();
	order_lock(priv);
	netif_carrier_on(priv->dev);
	mutex_unlock(&priv->stopped);
	rtnl_unlock();
}

static void ok_try(struct work_struct *work)
{
	struct order_priv *priv = container_of(work, struct order_priv, other_restart);

	guard(mutex)(&priv->stopped);
	if (!rtnl_trylock())
		return;
	netif_carrier_on(priv->dev);
	rtnl_unlock();
}

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
	priv->dev = dev;
	INIT_WORK(&priv->restart, bad_restart);
	INIT_WORK(&priv->good_restart, ok_restart);
	INIT_WORK(&priv->other_restart, ok_try);
	dev->netdev_ops = &order_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct order_priv *priv = netdev_priv(dev);

	mutex_lock(&priv->stopped);
	unregister_netdev(dev); /* WARN: netdev-rtnl-deadlock: stopped */
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

struct pci_driver order_driver_1 = { .probe = order_probe, .remove = bad_remove };
struct pci_driver order_driver_2 = { .probe = order_probe, .remove = ok_remove };
