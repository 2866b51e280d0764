// RUN: %check %s
// ND-W01's traps: the places where a cancel is good, and work that cannot pend.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct up_priv {
	struct net_device *dev;
	struct delayed_work poll;
	struct work_struct reset;
	struct workqueue_struct *wq;
};

static void up_poll(struct work_struct *work)
{
	struct up_priv *priv = container_of(work, struct up_priv, poll.work);

	netif_carrier_on(priv->dev);
	schedule_delayed_work(&priv->poll, HZ);
}

static void up_reset(struct work_struct *work)
{
	struct up_priv *priv = container_of(work, struct up_priv, reset);

	netif_wake_queue(priv->dev);
}

/* Armed only while up, cancelled in ndo_stop. */
static int up_open(struct net_device *dev)
{
	struct up_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->poll, HZ);
	return 0;
}

static int up_stop(struct net_device *dev)
{
	struct up_priv *priv = netdev_priv(dev);

	cancel_delayed_work_sync(&priv->poll);
	return 0;
}

static int idle_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static const struct net_device_ops stop_ops = {
	.ndo_open = up_open,
	.ndo_stop = up_stop,
};

static const struct net_device_ops no_stop_ops = {
	.ndo_open = up_open,
	.ndo_stop = idle_stop,
};

/* Cancelled in ndo_uninit, which unregistration calls. */
static void uninit_cancel(struct net_device *dev)
{
	struct up_priv *priv = netdev_priv(dev);

	cancel_delayed_work_sync(&priv->poll);
}

static const struct net_device_ops uninit_ops = {
	.ndo_open = up_open,
	.ndo_stop = idle_stop,
	.ndo_uninit = uninit_cancel,
};

/* Never armed. */
static const struct net_device_ops never_ops = {
	.ndo_stop = idle_stop,
};

static void queue_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct up_priv *priv = netdev_priv(dev);

	queue_work(priv->wq, &priv->reset);
}

static const struct net_device_ops queue_ops = {
	.ndo_tx_timeout = queue_tx_timeout,
};

static void destructor_cancel(struct net_device *dev)
{
	struct up_priv *priv = netdev_priv(dev);

	cancel_delayed_work_sync(&priv->poll);
}

static int up_register(struct pci_dev *pdev, const struct net_device_ops *ops,
		       void (*destructor)(struct net_device *dev))
{
	struct net_device *dev = alloc_etherdev(sizeof(struct up_priv));
	struct up_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->poll, up_poll);
	dev->netdev_ops = ops;
	dev->priv_destructor = destructor;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int stop_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return up_register(pdev, &stop_ops, NULL);
}

static int no_stop_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return up_register(pdev, &no_stop_ops, NULL);
}

static int uninit_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return up_register(pdev, &uninit_ops, NULL);
}

static int destructor_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return up_register(pdev, &no_stop_ops, destructor_cancel);
}

static int never_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return up_register(pdev, &never_ops, NULL);
}

static void ok_stop_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static void bad_no_stop_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: poll */
}

static void ok_uninit_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_destructor_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_never_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static int queue_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct up_priv));
	struct up_priv *priv;
	int err = -ENOMEM;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	priv->wq = alloc_workqueue("up", 0, 0);
	if (!priv->wq)
		goto err_free;
	INIT_WORK(&priv->reset, up_reset);
	dev->netdev_ops = &queue_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_destroy;
	return 0;

err_destroy:
	destroy_workqueue(priv->wq);
err_free:
	free_netdev(dev);
	return err;
}

/* destroy_workqueue() drains what is queued. */
static void ok_queue_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct up_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	destroy_workqueue(priv->wq);
	free_netdev(dev);
}

struct pci_driver up_driver_1 = { .probe = stop_probe, .remove = ok_stop_remove };
struct pci_driver up_driver_2 = { .probe = no_stop_probe, .remove = bad_no_stop_remove };
struct pci_driver up_driver_3 = { .probe = uninit_probe, .remove = ok_uninit_remove };
struct pci_driver up_driver_4 = { .probe = destructor_probe, .remove = ok_destructor_remove };
struct pci_driver up_driver_5 = { .probe = never_probe, .remove = ok_never_remove };
struct pci_driver up_driver_6 = { .probe = queue_probe, .remove = ok_queue_remove };
