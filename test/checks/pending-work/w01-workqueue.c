// RUN: %check %s
// destroy_workqueue() drains what is queued on it; the system's queue is not drained.
// Each driver has structures of its own, so that none cancels for another.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct queue_priv {
	struct net_device *dev;
	struct work_struct job;
	struct workqueue_struct *wq;
};

static void queue_job(struct work_struct *work)
{
	struct queue_priv *priv = container_of(work, struct queue_priv, job);

	netif_wake_queue(priv->dev);
}

static void queue_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct queue_priv *priv = netdev_priv(dev);

	queue_work(priv->wq, &priv->job);
}

static const struct net_device_ops queue_ops = {
	.ndo_tx_timeout = queue_tx_timeout,
};

static int queue_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct queue_priv));
	struct queue_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, queue_job);
	priv->wq = alloc_workqueue("queue", 0, 0);
	if (!priv->wq) {
		free_netdev(dev);
		return -ENOMEM;
	}
	dev->netdev_ops = &queue_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		destroy_workqueue(priv->wq);
		free_netdev(dev);
	}
	return err;
}

static void ok_queue_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct queue_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	destroy_workqueue(priv->wq);
	free_netdev(dev);
}

struct pci_driver queue_driver = {
	.name = "queue",
	.probe = queue_probe,
	.remove = ok_queue_remove,
};

struct system_priv {
	struct net_device *dev;
	struct work_struct job;
};

static void system_job(struct work_struct *work)
{
	struct system_priv *priv = container_of(work, struct system_priv, job);

	netif_wake_queue(priv->dev);
}

static void system_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct system_priv *priv = netdev_priv(dev);

	schedule_work(&priv->job);
}

static const struct net_device_ops system_ops = {
	.ndo_tx_timeout = system_tx_timeout,
};

static int system_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct system_priv));
	struct system_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->job, system_job);
	dev->netdev_ops = &system_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_system_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: job */
}

struct pci_driver system_driver = {
	.name = "system",
	.probe = system_probe,
	.remove = bad_system_remove,
};
