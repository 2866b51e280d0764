// RUN: %check %s
// ND-I01: ndo_stop() follows ndo_open(), which anybody may call once the device is registered.
#include <linux/etherdevice.h>
#include <linux/bitops.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define ALL_THERE 2

struct stop_priv {
	unsigned long flags;
	struct work_struct restart;
	struct work_struct reset;
};

static void stop_work(struct work_struct *work)
{
}

static int stop_stop(struct net_device *dev)
{
	struct stop_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->restart);
	return 0;
}

static int told_stop(struct net_device *dev)
{
	struct stop_priv *priv = netdev_priv(dev);

	if (!test_bit(ALL_THERE, &priv->flags))
		return 0;
	cancel_work_sync(&priv->reset);
	return 0;
}

static const struct net_device_ops stop_ops = { .ndo_stop = stop_stop };
static const struct net_device_ops told_ops = { .ndo_stop = told_stop };

static int bad_stop_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct stop_priv));
	struct stop_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &stop_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	INIT_WORK(&priv->restart, stop_work); /* WARN: netdev-work-after-register: restart */
	return 0;
}

/* A flag that is set last says that all is there. */
static int ok_told_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct stop_priv));
	struct stop_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &told_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	INIT_WORK(&priv->reset, stop_work);
	set_bit(ALL_THERE, &priv->flags);
	return 0;
}

static void stop_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver stop_driver = { .probe = bad_stop_probe, .remove = stop_remove };
struct pci_driver told_driver = { .probe = ok_told_probe, .remove = stop_remove };
