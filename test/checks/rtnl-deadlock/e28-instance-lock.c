// RUN: %check %s
// ND-K12, E.28: from 6.15 on, drivers with queue_mgmt_ops run their callbacks under
// the device's own lock, which dev_close() and others take.
/* FLAGS: -DMOCK_LINUX_6_15 */
#include <linux/etherdevice.h>
#include <linux/pci.h>

static const struct netdev_queue_mgmt_ops locked_queue_ops;

static int bad_change_mtu(struct net_device *dev, int new_mtu)
{
	dev_close(dev); /* WARN: netdev-rtnl-deadlock: 'dev_close' takes the device's own lock */
	dev->mtu = new_mtu;
	return 0;
}

static int ok_change_mtu(struct net_device *dev, int new_mtu)
{
	netif_close(dev);
	dev->mtu = new_mtu;
	return 0;
}

/* Not ops-locked: dev_close() is as good as ever. */
static int ok_plain_change_mtu(struct net_device *dev, int new_mtu)
{
	dev_close(dev);
	dev->mtu = new_mtu;
	return 0;
}

struct locked_priv {
	struct napi_struct napi;
};

static int bad_open(struct net_device *dev)
{
	struct locked_priv *priv = netdev_priv(dev);

	napi_enable(&priv->napi); /* WARN: netdev-rtnl-deadlock: 'napi_enable' takes the device's own lock */
	return 0;
}

static int ok_open(struct net_device *dev)
{
	struct locked_priv *priv = netdev_priv(dev);

	napi_enable_locked(&priv->napi);
	return 0;
}

/* The lock of another device is another lock. */
static int ok_stop(struct net_device *dev)
{
	struct net_device *lower = __dev_get_by_name(dev_net(dev), "lower0");

	if (lower)
		dev_close(lower);
	return 0;
}

static const struct net_device_ops bad_ops = {
	.ndo_open = bad_open,
	.ndo_stop = ok_stop,
	.ndo_change_mtu = bad_change_mtu,
};
static const struct net_device_ops ok_ops = {
	.ndo_open = ok_open,
	.ndo_change_mtu = ok_change_mtu,
};
static const struct net_device_ops plain_ops = { .ndo_change_mtu = ok_plain_change_mtu };

static int lock_register(struct pci_dev *pdev, const struct net_device_ops *ops,
			 const struct netdev_queue_mgmt_ops *queue_ops)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = ops;
	dev->queue_mgmt_ops = queue_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int first_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return lock_register(pdev, &bad_ops, &locked_queue_ops);
}

static int second_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return lock_register(pdev, &ok_ops, &locked_queue_ops);
}

static int plain_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return lock_register(pdev, &plain_ops, NULL);
}

static void lock_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver lock_driver_1 = { .probe = first_probe, .remove = lock_remove };
struct pci_driver lock_driver_2 = { .probe = second_probe, .remove = lock_remove };
struct pci_driver lock_driver_3 = { .probe = plain_probe, .remove = lock_remove };
