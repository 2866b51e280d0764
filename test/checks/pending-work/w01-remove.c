// RUN: %check %s
// ND-W01: what may still run must be cancelled before the memory it uses is freed.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct pend_priv {
	struct net_device *dev;
	struct work_struct reset;
	struct timer_list timer;
	struct tasklet_struct tasklet;
};

static void pend_reset(struct work_struct *work)
{
	struct pend_priv *priv = container_of(work, struct pend_priv, reset);

	netif_wake_queue(priv->dev);
}

static void pend_timer(struct timer_list *t)
{
	struct pend_priv *priv = from_timer(priv, t, timer);

	netif_carrier_on(priv->dev);
}

static void pend_tasklet(struct tasklet_struct *t)
{
	struct pend_priv *priv = from_tasklet(priv, t, tasklet);

	netif_wake_queue(priv->dev);
}

static void work_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct pend_priv *priv = netdev_priv(dev);

	schedule_work(&priv->reset);
}

static const struct net_device_ops work_ops = {
	.ndo_tx_timeout = work_tx_timeout,
};

static void timer_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct pend_priv *priv = netdev_priv(dev);

	mod_timer(&priv->timer, jiffies + HZ);
}

static const struct net_device_ops timer_ops = {
	.ndo_tx_timeout = timer_tx_timeout,
};

static void tasklet_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct pend_priv *priv = netdev_priv(dev);

	tasklet_schedule(&priv->tasklet);
}

static const struct net_device_ops tasklet_ops = {
	.ndo_tx_timeout = tasklet_tx_timeout,
};

static int pend_register(struct pci_dev *pdev, const struct net_device_ops *ops)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct pend_priv));
	struct pend_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->reset, pend_reset);
	timer_setup(&priv->timer, pend_timer, 0);
	tasklet_setup(&priv->tasklet, pend_tasklet);
	dev->netdev_ops = ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int work_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return pend_register(pdev, &work_ops);
}

static int timer_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return pend_register(pdev, &timer_ops);
}

static int tasklet_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return pend_register(pdev, &tasklet_ops);
}

static void bad_work_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: reset */
}

static void ok_work_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct pend_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work_sync(&priv->reset);
	free_netdev(dev);
}

static void ok_disabled_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct pend_priv *priv = netdev_priv(dev);

	disable_work_sync(&priv->reset);
	unregister_netdev(dev);
	free_netdev(dev);
}

static void bad_nosync_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct pend_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work(&priv->reset);
	free_netdev(dev); /* WARN: netdev-pending-work: reset */
}

static void quiesce(struct pend_priv *priv)
{
	cancel_work_sync(&priv->reset);
}

static void ok_helper_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	quiesce(netdev_priv(dev));
	free_netdev(dev);
}

static void bad_timer_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: timer */
}

static void ok_timer_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct pend_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	del_timer_sync(&priv->timer);
	free_netdev(dev);
}

static void ok_shutdown_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct pend_priv *priv = netdev_priv(dev);

	timer_shutdown_sync(&priv->timer);
	unregister_netdev(dev);
	free_netdev(dev);
}

static void bad_del_timer_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct pend_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	del_timer(&priv->timer);
	free_netdev(dev); /* WARN: netdev-pending-work: timer */
}

static void bad_tasklet_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: tasklet */
}

static void ok_tasklet_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct pend_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	tasklet_kill(&priv->tasklet);
	free_netdev(dev);
}

struct pci_driver work_driver_1 = { .probe = work_probe, .remove = bad_work_remove };
struct pci_driver work_driver_2 = { .probe = work_probe, .remove = ok_work_remove };
struct pci_driver work_driver_3 = { .probe = work_probe, .remove = ok_disabled_remove };
struct pci_driver work_driver_4 = { .probe = work_probe, .remove = bad_nosync_remove };
struct pci_driver work_driver_5 = { .probe = work_probe, .remove = ok_helper_remove };
struct pci_driver timer_driver_1 = { .probe = timer_probe, .remove = bad_timer_remove };
struct pci_driver timer_driver_2 = { .probe = timer_probe, .remove = ok_timer_remove };
struct pci_driver timer_driver_3 = { .probe = timer_probe, .remove = ok_shutdown_remove };
struct pci_driver timer_driver_4 = { .probe = timer_probe, .remove = bad_del_timer_remove };
struct pci_driver tasklet_driver_1 = { .probe = tasklet_probe, .remove = bad_tasklet_remove };
struct pci_driver tasklet_driver_2 = { .probe = tasklet_probe, .remove = ok_tasklet_remove };
