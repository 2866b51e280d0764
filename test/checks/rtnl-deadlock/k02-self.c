// RUN: %check %s
// ND-K02: RTNL is a plain mutex; taking it again in a callback that holds it hangs.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

struct peer_priv {
	struct net_device *peer;
};

static int bad_stop(struct net_device *dev)
{
	rtnl_lock(); /* WARN: netdev-rtnl-deadlock */
	netif_carrier_off(dev);
	rtnl_unlock();
	return 0;
}

static int ok_stop(struct net_device *dev)
{
	netif_carrier_off(dev);
	return 0;
}

/* Through a helper. */
static void locked_off(struct net_device *dev)
{
	rtnl_lock();
	netif_carrier_off(dev);
	rtnl_unlock();
}

static int bad_helper_stop(struct net_device *dev)
{
	locked_off(dev); /* WARN: netdev-rtnl-deadlock */
	return 0;
}

static int bad_peers_open(struct net_device *dev)
{
	netdev_notify_peers(dev); /* WARN: netdev-rtnl-deadlock: netdev_notify_peers */
	return 0;
}

static int ok_peers_open(struct net_device *dev)
{
	__netdev_notify_peers(dev);
	return 0;
}

static int ok_trylock_open(struct net_device *dev)
{
	if (rtnl_trylock())
		rtnl_unlock();
	return 0;
}

static const struct net_device_ops ops_1 = { .ndo_open = bad_peers_open, .ndo_stop = bad_stop };
static const struct net_device_ops ops_2 = { .ndo_open = ok_peers_open, .ndo_stop = ok_stop };
static const struct net_device_ops ops_3 = { .ndo_open = ok_trylock_open, .ndo_stop = bad_helper_stop };

static int ops_register(struct pci_dev *pdev, const struct net_device_ops *ops)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int probe_1(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return ops_register(pdev, &ops_1);
}

static int probe_2(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return ops_register(pdev, &ops_2);
}

static int probe_3(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return ops_register(pdev, &ops_3);
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static void bad_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	rtnl_lock();
	unregister_netdev(dev); /* WARN: netdev-rtnl-deadlock: unregister_netdev */
	rtnl_unlock();
	free_netdev(dev);
}

struct pci_driver self_driver_1 = { .probe = probe_1, .remove = ok_remove };
struct pci_driver self_driver_2 = { .probe = probe_2, .remove = ok_remove };
struct pci_driver self_driver_3 = { .probe = probe_3, .remove = ok_remove };
struct pci_driver self_driver_4 = { .probe = probe_2, .remove = bad_remove };
