// RUN: %check %s
// ND-I02: a phylink is destroyed before unregister_netdev(), and ndo_stop, which
// is in another file, has yet to stop it.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/phylink.h>
#include <linux/rtnetlink.h>

struct nic {
	struct net_device *dev;
	struct phylink_config config;
	struct phylink *phylink;
	struct phylink *sfp;
};

int nic_open(struct net_device *dev);
int nic_stop(struct net_device *dev);
extern const struct phylink_mac_ops nic_mac_ops;

static int nic_change_mtu(struct net_device *dev, int mtu)
{
	dev->mtu = mtu;
	return 0;
}

static const struct net_device_ops nic_ops = {
	.ndo_change_mtu = nic_change_mtu,
	.ndo_open = nic_open,
	.ndo_stop = nic_stop,
};

static int nic_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct nic));
	struct nic *n;
	int err;

	if (!dev)
		return -ENOMEM;
	n = netdev_priv(dev);
	n->dev = dev;
	dev->netdev_ops = &nic_ops;
	pci_set_drvdata(pdev, n);
	n->phylink = phylink_create(&n->config, NULL, 0, &nic_mac_ops);
	n->sfp = phylink_create(&n->config, NULL, 0, &nic_mac_ops);
	err = register_netdev(dev);
	if (err) {
		phylink_destroy(n->sfp);
		phylink_destroy(n->phylink);
		free_netdev(dev);
	}
	return err;
}

static void bad_remove(struct pci_dev *pdev)
{
	struct nic *n = pci_get_drvdata(pdev);

	phylink_destroy(n->phylink); /* WARN: netdev-teardown-before-unregister: but 'ndo_stop' has yet to stop it */
	unregister_netdev(n->dev);
	phylink_destroy(n->sfp);
	free_netdev(n->dev);
}

/* Stopped here: that is the file's own business. */
void nic_halt(struct nic *n)
{
	rtnl_lock();
	phylink_stop(n->sfp);
	rtnl_unlock();
}

static void ok_remove(struct pci_dev *pdev)
{
	struct nic *n = pci_get_drvdata(pdev);

	nic_halt(n);
	phylink_destroy(n->sfp);
	unregister_netdev(n->dev);
	phylink_destroy(n->phylink);
	free_netdev(n->dev);
}

static struct pci_driver bad_driver = { .name = "bad", .probe = nic_probe, .remove = bad_remove };
static struct pci_driver ok_driver = { .name = "ok", .probe = nic_probe, .remove = ok_remove };
struct pci_driver *nic_drivers[] = { &bad_driver, &ok_driver };
MODULE_LICENSE("GPL");
