// RUN: %check %s
// ND-W01: timers.
// Each driver has structures of its own, so that none cancels for another.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct none_priv {
	struct net_device *dev;
	struct timer_list job;
};

static void none_job(struct timer_list *t)
{
	struct none_priv *priv = from_timer(priv, t, job);

	netif_wake_queue(priv->dev);
}

static void none_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct none_priv *priv = netdev_priv(dev);

	mod_timer(&priv->job, jiffies + HZ);
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
	timer_setup(&priv->job, none_job, 0);
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
	struct timer_list job;
};

static void sync_job(struct timer_list *t)
{
	struct sync_priv *priv = from_timer(priv, t, job);

	netif_wake_queue(priv->dev);
}

static void sync_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct sync_priv *priv = netdev_priv(dev);

	mod_timer(&priv->job, jiffies + HZ);
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
	timer_setup(&priv->job, sync_job, 0);
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
	timer_delete_sync(&priv->job);
	free_netdev(dev);
}

struct pci_driver sync_driver = {
	.name = "sync",
	.probe = sync_probe,
	.remove = ok_sync_remove,
};

struct old_priv {
	struct net_device *dev;
	struct timer_list job;
};

static void old_job(struct timer_list *t)
{
	struct old_priv *priv = from_timer(priv, t, job);

	netif_wake_queue(priv->dev);
}

static void old_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct old_priv *priv = netdev_priv(dev);

	mod_timer(&priv->job, jiffies + HZ);
}

static const struct net_device_ops old_ops = {
	.ndo_tx_timeout = old_tx_timeout,
};

static int old_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct old_priv));
	struct old_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	timer_setup(&priv->job, old_job, 0);
	dev->netdev_ops = &old_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_old_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct old_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	del_timer_sync(&priv->job);
	free_netdev(dev);
}

struct pci_driver old_driver = {
	.name = "old",
	.probe = old_probe,
	.remove = ok_old_remove,
};

struct shut_priv {
	struct net_device *dev;
	struct timer_list job;
};

static void shut_job(struct timer_list *t)
{
	struct shut_priv *priv = from_timer(priv, t, job);

	netif_wake_queue(priv->dev);
}

static void shut_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct shut_priv *priv = netdev_priv(dev);

	mod_timer(&priv->job, jiffies + HZ);
}

static const struct net_device_ops shut_ops = {
	.ndo_tx_timeout = shut_tx_timeout,
};

static int shut_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct shut_priv));
	struct shut_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	timer_setup(&priv->job, shut_job, 0);
	dev->netdev_ops = &shut_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_shut_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct shut_priv *priv = netdev_priv(dev);

	timer_shutdown_sync(&priv->job);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver shut_driver = {
	.name = "shut",
	.probe = shut_probe,
	.remove = ok_shut_remove,
};

struct nosync_priv {
	struct net_device *dev;
	struct timer_list job;
};

static void nosync_job(struct timer_list *t)
{
	struct nosync_priv *priv = from_timer(priv, t, job);

	netif_wake_queue(priv->dev);
}

static void nosync_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct nosync_priv *priv = netdev_priv(dev);

	mod_timer(&priv->job, jiffies + HZ);
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
	timer_setup(&priv->job, nosync_job, 0);
	dev->netdev_ops = &nosync_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void fn_nosync_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct nosync_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	del_timer(&priv->job);
	free_netdev(dev); /* MISS: netdev-pending-work: job */
}

struct pci_driver nosync_driver = {
	.name = "nosync",
	.probe = nosync_probe,
	.remove = fn_nosync_remove,
};
