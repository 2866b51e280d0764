// RUN: %check %s
// container_of() in its forms: of a member, of a member of a member, nested in calls, from a callback argument.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>


struct inner {
	struct work_struct work;
};

struct outer_priv {
	struct net_device *dev;
	struct inner inner;
};

static void fn_fn(struct work_struct *work)
{
	struct inner *inner = container_of(work, struct inner, work);
	struct outer_priv *priv = container_of(inner, struct outer_priv, inner);
	struct net_device *dev = priv->dev;

	rtnl_lock();
	unregister_netdevice(dev);
	rtnl_unlock();
	free_netdev(dev); /* MISS: netdev-pending-work */
}

static void say_fn(struct work_struct *work)
{
	netdev_info(container_of(work, struct outer_priv, inner.work)->dev, "work\n");
}

static void self_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct outer_priv *priv = netdev_priv(dev);

	schedule_work(&priv->inner.work);
}

static const struct net_device_ops outer_ops = {
	.ndo_tx_timeout = self_tx_timeout,
};

static int outer_register(struct pci_dev *pdev, work_func_t fn)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct outer_priv));
	struct outer_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->inner.work, fn);
	dev->netdev_ops = &outer_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int self_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return outer_register(pdev, fn_fn);
}

static int say_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return outer_register(pdev, say_fn);
}

static void ok_say_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct outer_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work_sync(&priv->inner.work);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = self_probe };
struct pci_driver driver_2 = { .probe = say_probe, .remove = ok_say_remove };
