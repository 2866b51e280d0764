// RUN: %check %s
// ND-W02: cancelled only before unregistration, and a callback can arm it again.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct again_priv {
	struct net_device *dev;
	struct work_struct reset;
	unsigned long flags;
};

#define AGAIN_GOING_AWAY 0

static void again_reset(struct work_struct *work)
{
	struct again_priv *priv = container_of(work, struct again_priv, reset);

	netif_wake_queue(priv->dev);
}

static void again_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct again_priv *priv = netdev_priv(dev);

	schedule_work(&priv->reset);
}

static const struct net_device_ops again_ops = {
	.ndo_tx_timeout = again_tx_timeout,
};

static void guarded_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct again_priv *priv = netdev_priv(dev);

	if (!test_bit(AGAIN_GOING_AWAY, &priv->flags))
		schedule_work(&priv->reset);
}

static const struct net_device_ops guarded_ops = {
	.ndo_tx_timeout = guarded_tx_timeout,
};

static int again_register(struct pci_dev *pdev, const struct net_device_ops *ops)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct again_priv));
	struct again_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->reset, again_reset);
	dev->netdev_ops = ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int again_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return again_register(pdev, &again_ops);
}

static int guarded_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return again_register(pdev, &guarded_ops);
}

static void bad_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct again_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->reset);
	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: reset */
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct again_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work_sync(&priv->reset);
	free_netdev(dev);
}

static void ok_both_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct again_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->reset);
	unregister_netdev(dev);
	cancel_work_sync(&priv->reset);
	free_netdev(dev);
}

/* Every place that arms it looks at the going-away bit. */
static void ok_guarded_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct again_priv *priv = netdev_priv(dev);

	set_bit(AGAIN_GOING_AWAY, &priv->flags);
	cancel_work_sync(&priv->reset);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver again_driver_1 = { .probe = again_probe, .remove = bad_remove };
struct pci_driver again_driver_2 = { .probe = again_probe, .remove = ok_remove };
struct pci_driver again_driver_3 = { .probe = again_probe, .remove = ok_both_remove };
struct pci_driver again_driver_4 = { .probe = guarded_probe, .remove = ok_guarded_remove };
