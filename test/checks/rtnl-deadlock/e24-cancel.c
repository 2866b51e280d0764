// RUN: %check %s
// ND-K04, E.24: cancelling work under RTNL hangs if the work can block on RTNL.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

struct cancel_priv {
	struct net_device *dev;
	struct work_struct blocking;
	struct work_struct trying;
	struct work_struct helped;
	struct work_struct plain;
};

static void blocking_fn(struct work_struct *work)
{
	struct cancel_priv *priv = container_of(work, struct cancel_priv, blocking);

	rtnl_lock();
	netif_carrier_off(priv->dev);
	rtnl_unlock();
}

static void trying_fn(struct work_struct *work)
{
	struct cancel_priv *priv = container_of(work, struct cancel_priv, trying);

	if (!rtnl_trylock()) {
		schedule_work(&priv->trying);
		return;
	}
	netif_carrier_off(priv->dev);
	rtnl_unlock();
}

static void helped_fn(struct work_struct *work)
{
	struct cancel_priv *priv = container_of(work, struct cancel_priv, helped);

	netdev_notify_peers(priv->dev);
}

static void plain_fn(struct work_struct *work)
{
	struct cancel_priv *priv = container_of(work, struct cancel_priv, plain);

	netif_wake_queue(priv->dev);
}

static void cancel_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct cancel_priv *priv = netdev_priv(dev);

	schedule_work(&priv->blocking);
	schedule_work(&priv->trying);
	schedule_work(&priv->helped);
	schedule_work(&priv->plain);
}

static int bad_stop(struct net_device *dev)
{
	struct cancel_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->blocking); /* WARN: netdev-rtnl-deadlock: blocking */
	cancel_work_sync(&priv->helped); /* WARN: netdev-rtnl-deadlock: helped */
	return 0;
}

static void ok_uninit(struct net_device *dev)
{
	struct cancel_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->trying);
	cancel_work_sync(&priv->plain);
}

static const struct net_device_ops cancel_ops = {
	.ndo_stop = bad_stop,
	.ndo_uninit = ok_uninit,
	.ndo_tx_timeout = cancel_tx_timeout,
};

static int cancel_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct cancel_priv));
	struct cancel_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->blocking, blocking_fn);
	INIT_WORK(&priv->trying, trying_fn);
	INIT_WORK(&priv->helped, helped_fn);
	INIT_WORK(&priv->plain, plain_fn);
	dev->netdev_ops = &cancel_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct cancel_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work_sync(&priv->blocking);
	cancel_work_sync(&priv->helped);
	cancel_work_sync(&priv->trying);
	cancel_work_sync(&priv->plain);
	free_netdev(dev);
}

struct pci_driver cancel_driver = { .probe = cancel_probe, .remove = ok_remove };
