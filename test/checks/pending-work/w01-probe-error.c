// RUN: %check %s
// Work queued in probe must be cancelled on its error path, too.
// Each driver has structures of its own, so that none cancels for another.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct forgot_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void forgot_job(struct work_struct *work)
{
	struct forgot_priv *priv = container_of(work, struct forgot_priv, job.work);

	netif_wake_queue(priv->dev);
}

static void forgot_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct forgot_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->job, HZ);
}

static const struct net_device_ops forgot_ops = {
	.ndo_tx_timeout = forgot_tx_timeout,
};

static int bad_forgot_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct forgot_priv));
	struct forgot_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, forgot_job);
	schedule_delayed_work(&priv->job, HZ);
	dev->netdev_ops = &forgot_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev); /* WARN: netdev-pending-work: nothing on this path cancels it */
	return err;
}

static void ok_forgot_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct forgot_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_delayed_work_sync(&priv->job);
	free_netdev(dev);
}

struct pci_driver forgot_driver = {
	.name = "forgot",
	.probe = bad_forgot_probe,
	.remove = ok_forgot_remove,
};

struct cared_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void cared_job(struct work_struct *work)
{
	struct cared_priv *priv = container_of(work, struct cared_priv, job.work);

	netif_wake_queue(priv->dev);
}

static void cared_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct cared_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->job, HZ);
}

static const struct net_device_ops cared_ops = {
	.ndo_tx_timeout = cared_tx_timeout,
};

static int ok_cared_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct cared_priv));
	struct cared_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, cared_job);
	schedule_delayed_work(&priv->job, HZ);
	dev->netdev_ops = &cared_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		cancel_delayed_work_sync(&priv->job);
		free_netdev(dev);
	}
	return err;
}

static void ok_cared_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct cared_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_delayed_work_sync(&priv->job);
	free_netdev(dev);
}

struct pci_driver cared_driver = {
	.name = "cared",
	.probe = ok_cared_probe,
	.remove = ok_cared_remove,
};
