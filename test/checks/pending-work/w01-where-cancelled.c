// RUN: %check %s
// ND-W01's traps: the places where a cancel is good.
// Each driver has structures of its own, so that none cancels for another.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct stopped_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void stopped_job(struct work_struct *work)
{
	struct stopped_priv *priv = container_of(work, struct stopped_priv, job.work);

	netif_wake_queue(priv->dev);
}

static int stopped_open(struct net_device *dev)
{
	struct stopped_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->job, HZ);
	return 0;
}

static int stopped_stop(struct net_device *dev)
{
	struct stopped_priv *priv = netdev_priv(dev);

	cancel_delayed_work_sync(&priv->job);
	return 0;
}

static const struct net_device_ops stopped_ops = {
	.ndo_open = stopped_open,
	.ndo_stop = stopped_stop,
};

static int stopped_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct stopped_priv));
	struct stopped_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, stopped_job);
	dev->netdev_ops = &stopped_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_stopped_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver stopped_driver = {
	.name = "stopped",
	.probe = stopped_probe,
	.remove = ok_stopped_remove,
};

struct running_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void running_job(struct work_struct *work)
{
	struct running_priv *priv = container_of(work, struct running_priv, job.work);

	netif_wake_queue(priv->dev);
}

static int running_open(struct net_device *dev)
{
	struct running_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->job, HZ);
	return 0;
}

static int running_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static const struct net_device_ops running_ops = {
	.ndo_open = running_open,
	.ndo_stop = running_stop,
};

static int running_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct running_priv));
	struct running_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, running_job);
	dev->netdev_ops = &running_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_running_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: job */
}

struct pci_driver running_driver = {
	.name = "running",
	.probe = running_probe,
	.remove = bad_running_remove,
};

struct uninit_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void uninit_job(struct work_struct *work)
{
	struct uninit_priv *priv = container_of(work, struct uninit_priv, job.work);

	netif_wake_queue(priv->dev);
}

static int uninit_open(struct net_device *dev)
{
	struct uninit_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->job, HZ);
	return 0;
}

static int uninit_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void uninit_uninit(struct net_device *dev)
{
	struct uninit_priv *priv = netdev_priv(dev);

	cancel_delayed_work_sync(&priv->job);
}

static const struct net_device_ops uninit_ops = {
	.ndo_open = uninit_open,
	.ndo_stop = uninit_stop,
	.ndo_uninit = uninit_uninit,
};

static int uninit_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct uninit_priv));
	struct uninit_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, uninit_job);
	dev->netdev_ops = &uninit_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_uninit_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver uninit_driver = {
	.name = "uninit",
	.probe = uninit_probe,
	.remove = ok_uninit_remove,
};

struct destroyed_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void destroyed_job(struct work_struct *work)
{
	struct destroyed_priv *priv = container_of(work, struct destroyed_priv, job.work);

	netif_wake_queue(priv->dev);
}

static int destroyed_open(struct net_device *dev)
{
	struct destroyed_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->job, HZ);
	return 0;
}

static int destroyed_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static void destroyed_destructor(struct net_device *dev)
{
	struct destroyed_priv *priv = netdev_priv(dev);

	cancel_delayed_work_sync(&priv->job);
}

static const struct net_device_ops destroyed_ops = {
	.ndo_open = destroyed_open,
	.ndo_stop = destroyed_stop,
};

static int destroyed_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct destroyed_priv));
	struct destroyed_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, destroyed_job);
	dev->priv_destructor = destroyed_destructor;
	dev->netdev_ops = &destroyed_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_destroyed_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver destroyed_driver = {
	.name = "destroyed",
	.probe = destroyed_probe,
	.remove = ok_destroyed_remove,
};

struct idle_priv {
	struct net_device *dev;
	struct delayed_work job;
};

static void idle_job(struct work_struct *work)
{
	struct idle_priv *priv = container_of(work, struct idle_priv, job.work);

	netif_wake_queue(priv->dev);
}

static int idle_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static const struct net_device_ops idle_ops = {
	.ndo_stop = idle_stop,
};

static int idle_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct idle_priv));
	struct idle_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_DELAYED_WORK(&priv->job, idle_job);
	dev->netdev_ops = &idle_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_idle_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver idle_driver = {
	.name = "idle",
	.probe = idle_probe,
	.remove = ok_idle_remove,
};
