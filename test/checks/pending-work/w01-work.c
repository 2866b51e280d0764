// RUN: %check %s
// ND-W01: work that a callback arms and nothing cancels.
// Each driver has structures of its own, so that none cancels for another.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct none_priv {
	struct net_device *dev;
	struct work_struct job;
};

static void none_job(struct work_struct *work)
{
	struct none_priv *priv = container_of(work, struct none_priv, job);

	netif_wake_queue(priv->dev);
}

static void none_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct none_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
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
	INIT_WORK(&priv->job, none_job);
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
	struct work_struct job;
};

static void sync_job(struct work_struct *work)
{
	struct sync_priv *priv = container_of(work, struct sync_priv, job);

	netif_wake_queue(priv->dev);
}

static void sync_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct sync_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
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
	INIT_WORK(&priv->job, sync_job);
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
	cancel_work_sync(&priv->job);
	free_netdev(dev);
}

struct pci_driver sync_driver = {
	.name = "sync",
	.probe = sync_probe,
	.remove = ok_sync_remove,
};

struct disabled_priv {
	struct net_device *dev;
	struct work_struct job;
};

static void disabled_job(struct work_struct *work)
{
	struct disabled_priv *priv = container_of(work, struct disabled_priv, job);

	netif_wake_queue(priv->dev);
}

static void disabled_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct disabled_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
}

static const struct net_device_ops disabled_ops = {
	.ndo_tx_timeout = disabled_tx_timeout,
};

static int disabled_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct disabled_priv));
	struct disabled_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, disabled_job);
	dev->netdev_ops = &disabled_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_disabled_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct disabled_priv *priv = netdev_priv(dev);

	disable_work_sync(&priv->job);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver disabled_driver = {
	.name = "disabled",
	.probe = disabled_probe,
	.remove = ok_disabled_remove,
};

struct nosync_priv {
	struct net_device *dev;
	struct work_struct job;
};

static void nosync_job(struct work_struct *work)
{
	struct nosync_priv *priv = container_of(work, struct nosync_priv, job);

	netif_wake_queue(priv->dev);
}

static void nosync_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct nosync_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
}

static const struct net_device_ops nosync_ops = {
	.ndo_tx_timeout = nosync_tx_timeout,
};

static int nosync_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct nosync_priv));
	struct nosync_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, nosync_job);
	dev->netdev_ops = &nosync_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_nosync_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct nosync_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work(&priv->job); /* NOTE: does not wait */
	free_netdev(dev); /* WARN: netdev-pending-work: 'nosync_priv->job' (work) may still run */
}

struct pci_driver nosync_driver = {
	.name = "nosync",
	.probe = nosync_probe,
	.remove = bad_nosync_remove,
};

struct helped_priv {
	struct net_device *dev;
	struct work_struct job;
};

static void helped_job(struct work_struct *work)
{
	struct helped_priv *priv = container_of(work, struct helped_priv, job);

	netif_wake_queue(priv->dev);
}

static void helped_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct helped_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
}

static void helped_quiesce(struct helped_priv *priv)
{
	cancel_work_sync(&priv->job);
}

static const struct net_device_ops helped_ops = {
	.ndo_tx_timeout = helped_tx_timeout,
};

static int helped_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct helped_priv));
	struct helped_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, helped_job);
	dev->netdev_ops = &helped_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_helped_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	helped_quiesce(netdev_priv(dev));
	free_netdev(dev);
}

struct pci_driver helped_driver = {
	.name = "helped",
	.probe = helped_probe,
	.remove = ok_helped_remove,
};
