// RUN: %check %s
// ND-R09: an embedded dummy device counts no references.
/* OPTIONS: --precision=medium */
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct ring {
	struct net_device napi_dev;
	unsigned int mtu;
};

int bad_ring_init(struct ring *r);
int bad_ring_init(struct ring *r)
{
	init_dummy_netdev(&r->napi_dev);
	dev_hold(&r->napi_dev); /* WARN: netdev-reference-misuse: a dummy device, which has no counter */
	return 0;
}

int ok_ring_init(struct ring *r, struct net_device *user);
int ok_ring_init(struct ring *r, struct net_device *user)
{
	init_dummy_netdev(&r->napi_dev);
	dev_hold(user);
	r->mtu = user->mtu;
	dev_put(user);
	return 0;
}

static int late_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	else
		pci_set_drvdata(pdev, dev);
	return err;
}

static void bad_late_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	dev_hold(dev); /* WARN: netdev-reference-misuse: a device that is unregistered */
	dev_put(dev);
	free_netdev(dev);
}

static void ok_late_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	dev_hold(dev);
	netif_device_detach(dev);
	dev_put(dev);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver bad_late_driver = { .probe = late_probe, .remove = bad_late_remove };
struct pci_driver ok_late_driver = { .probe = late_probe, .remove = ok_late_remove };
