// RUN: %check %s
// ND-I02: what a pointer leads to says nothing of the pointer: that ndo_stop
// looks at the entries of a ring does not keep it from one that is gone. To look
// at the pointer itself, or at a flag, does.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/slab.h>

struct ring {
	struct sk_buff **tx, **rx;
};

struct flagged {
	struct sk_buff **tx;
	bool ready;
};

static void bad_ring_free(struct ring *r)
{
	kfree(r->tx); /* WARN: netdev-teardown-before-unregister: is ended by 'kfree' before 'unregister_netdev' */
	r->tx = NULL;
	kfree(r->rx); /* WARN: netdev-teardown-before-unregister: is ended by 'kfree' before 'unregister_netdev' */
	r->rx = NULL;
}

static int ring_stop(struct net_device *dev)
{
	struct ring *r = netdev_priv(dev);
	int i;

	for (i = 0; i < 16; i++) {
		if (r->tx[i])
			kfree_skb(r->tx[i]);
		if (r->rx[i])
			kfree_skb(r->rx[i]);
	}
	return 0;
}

static const struct net_device_ops ring_ops = {
	.ndo_stop = ring_stop,
};

static int ring_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ring));
	struct ring *r;
	int err;

	if (!dev)
		return -ENOMEM;
	r = netdev_priv(dev);
	r->tx = kcalloc(16, sizeof(*r->tx), GFP_KERNEL);
	r->rx = kcalloc(16, sizeof(*r->rx), GFP_KERNEL);
	if (!r->tx || !r->rx) {
		kfree(r->tx);
		kfree(r->rx);
		free_netdev(dev);
		return -ENOMEM;
	}
	dev->netdev_ops = &ring_ops;
	err = register_netdev(dev);
	if (err) {
		kfree(r->tx);
		kfree(r->rx);
		free_netdev(dev);
		return err;
	}
	pci_set_drvdata(pdev, dev);
	return 0;
}

static void ring_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	bad_ring_free(netdev_priv(dev));
	unregister_netdev(dev);
	free_netdev(dev);
}

static struct pci_driver ring_driver = {
	.probe = ring_probe,
	.remove = ring_remove,
};

static void flagged_free(struct flagged *f)
{
	f->ready = false;
	kfree(f->tx);
	f->tx = NULL;
}

static int ok_stop(struct net_device *dev)
{
	struct flagged *f = netdev_priv(dev);
	int i;

	if (f->ready)
		for (i = 0; i < 16; i++)
			kfree_skb(f->tx[i]);
	return 0;
}

static const struct net_device_ops flagged_ops = {
	.ndo_stop = ok_stop,
};

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct flagged));
	struct flagged *f;
	int err;

	if (!dev)
		return -ENOMEM;
	f = netdev_priv(dev);
	f->tx = kcalloc(16, sizeof(*f->tx), GFP_KERNEL);
	if (!f->tx) {
		free_netdev(dev);
		return -ENOMEM;
	}
	f->ready = true;
	dev->netdev_ops = &flagged_ops;
	err = register_netdev(dev);
	if (err) {
		kfree(f->tx);
		free_netdev(dev);
		return err;
	}
	pci_set_drvdata(pdev, dev);
	return 0;
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	flagged_free(netdev_priv(dev));
	unregister_netdev(dev);
	free_netdev(dev);
}

static struct pci_driver flagged_driver = {
	.probe = ok_probe,
	.remove = ok_remove,
};
struct pci_driver *ring_drivers[] = { &ring_driver, &flagged_driver };
MODULE_LICENSE("GPL");
