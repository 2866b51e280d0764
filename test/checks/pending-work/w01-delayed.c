// RUN: %check %s
// ND-W01: delayed work.
// Each driver has structures of its own, so that none cancels for another.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct none_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void none_job(struct work_struct *work)
{
	struct none_priv *priv = container_of(work, struct none_priv, job.work);

	netif_wake_queue(priv->dev);
}

static void none_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct none_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->job, HZ);
}

static const struct net_device_ops none_ops = {
	.ndo_tx_timeout = none_tx_timeout,
};

static int none_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct none_priv));
	struct none_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, none_job);
	dev->netdev_ops = &none_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_none_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: job */
}

struct pci_driver none_driver = {
	.name = "none",
	.probe = none_probe,
	.remove = bad_none_remove,
};

struct sync_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void sync_job(struct work_struct *work)
{
	struct sync_priv *priv = container_of(work, struct sync_priv, job.work);

	netif_wake_queue(priv->dev);
}

static void sync_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct sync_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->job, HZ);
}

static const struct net_device_ops sync_ops = {
	.ndo_tx_timeout = sync_tx_timeout,
};

static int sync_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct sync_priv));
	struct sync_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, sync_job);
	dev->netdev_ops = &sync_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_sync_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct sync_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_delayed_work_sync(&priv->job);
	free_netdev(dev);
}

struct pci_driver sync_driver = {
	.name = "sync",
	.probe = sync_probe,
	.remove = ok_sync_remove,
};
