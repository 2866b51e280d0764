// RUN: %check %s
// ND-W02: cancelled only before unregistration, and a callback can arm it again.
// Each driver has structures of its own, so that none cancels for another.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct early_priv {
	struct net_device *dev;
	struct work_struct job;
};

static void early_job(struct work_struct *work)
{
	struct early_priv *priv = container_of(work, struct early_priv, job);

	netif_wake_queue(priv->dev);
}

static void early_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct early_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
}

static const struct net_device_ops early_ops = {
	.ndo_tx_timeout = early_tx_timeout,
};

static int early_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct early_priv));
	struct early_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, early_job);
	dev->netdev_ops = &early_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_early_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct early_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->job);
	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: cancelled only before */
}

struct pci_driver early_driver = {
	.name = "early",
	.probe = early_probe,
	.remove = bad_early_remove,
};

struct late_priv {
	struct net_device *dev;
	struct work_struct job;
};

static void late_job(struct work_struct *work)
{
	struct late_priv *priv = container_of(work, struct late_priv, job);

	netif_wake_queue(priv->dev);
}

static void late_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct late_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
}

static const struct net_device_ops late_ops = {
	.ndo_tx_timeout = late_tx_timeout,
};

static int late_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, late_job);
	dev->netdev_ops = &late_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_late_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct late_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work_sync(&priv->job);
	free_netdev(dev);
}

struct pci_driver late_driver = {
	.name = "late",
	.probe = late_probe,
	.remove = ok_late_remove,
};

struct both_priv {
	struct net_device *dev;
	struct work_struct job;
};

static void both_job(struct work_struct *work)
{
	struct both_priv *priv = container_of(work, struct both_priv, job);

	netif_wake_queue(priv->dev);
}

static void both_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct both_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
}

static const struct net_device_ops both_ops = {
	.ndo_tx_timeout = both_tx_timeout,
};

static int both_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct both_priv));
	struct both_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, both_job);
	dev->netdev_ops = &both_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_both_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct both_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->job);
	unregister_netdev(dev);
	cancel_work_sync(&priv->job);
	free_netdev(dev);
}

struct pci_driver both_driver = {
	.name = "both",
	.probe = both_probe,
	.remove = ok_both_remove,
};

struct going_priv {
	struct net_device *dev;
	struct work_struct job;
	unsigned long going_away;
};

static void going_job(struct work_struct *work)
{
	struct going_priv *priv = container_of(work, struct going_priv, job);

	netif_wake_queue(priv->dev);
}

static void going_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct going_priv *priv = netdev_priv(dev);

	if (!test_bit(0, &priv->going_away))
		schedule_work(&priv->job);
}

static const struct net_device_ops going_ops = {
	.ndo_tx_timeout = going_tx_timeout,
};

static int going_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct going_priv));
	struct going_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, going_job);
	dev->netdev_ops = &going_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_going_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct going_priv *priv = netdev_priv(dev);

	set_bit(0, &priv->going_away);
	cancel_work_sync(&priv->job);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver going_driver = {
	.name = "going",
	.probe = going_probe,
	.remove = ok_going_remove,
};
