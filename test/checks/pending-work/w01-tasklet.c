// RUN: %check %s
// ND-W01: tasklets.
// Each driver has structures of its own, so that none cancels for another.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct none_priv {
	struct net_device *dev;
	struct tasklet_struct job;
};

static void none_job(struct tasklet_struct *t)
{
	struct none_priv *priv = from_tasklet(priv, t, job);

	netif_wake_queue(priv->dev);
}

static void none_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct none_priv *priv = netdev_priv(dev);

	tasklet_schedule(&priv->job);
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
	tasklet_setup(&priv->job, none_job);
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

struct killed_priv {
	struct net_device *dev;
	struct tasklet_struct job;
};

static void killed_job(struct tasklet_struct *t)
{
	struct killed_priv *priv = from_tasklet(priv, t, job);

	netif_wake_queue(priv->dev);
}

static void killed_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct killed_priv *priv = netdev_priv(dev);

	tasklet_schedule(&priv->job);
}

static const struct net_device_ops killed_ops = {
	.ndo_tx_timeout = killed_tx_timeout,
};

static int killed_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct killed_priv));
	struct killed_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	tasklet_setup(&priv->job, killed_job);
	dev->netdev_ops = &killed_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_killed_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct killed_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	tasklet_kill(&priv->job);
	free_netdev(dev);
}

struct pci_driver killed_driver = {
	.name = "killed",
	.probe = killed_probe,
	.remove = ok_killed_remove,
};
