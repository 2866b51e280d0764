// RUN: %check %s
// ND-L19, E.21: a device that is registered comes from alloc_netdev(); dummy
// devices serve NAPI, and those of alloc_netdev_dummy() are freed.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct dummy_priv {
	struct net_device *napi_dev;
	struct napi_struct napi;
};

static int dummy_poll(struct napi_struct *napi, int budget)
{
	napi_complete_done(napi, 0);
	return 0;
}

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct dummy_priv *priv = kzalloc(sizeof(*priv), GFP_KERNEL);

	if (!priv)
		return -ENOMEM;
	priv->napi_dev = alloc_netdev_dummy(0);
	if (!priv->napi_dev) {
		kfree(priv);
		return -ENOMEM;
	}
	netif_napi_add(priv->napi_dev, &priv->napi, dummy_poll);
	pci_set_drvdata(pdev, priv);
	return 0;
}

static void ok_remove(struct pci_dev *pdev)
{
	struct dummy_priv *priv = pci_get_drvdata(pdev);

	netif_napi_del(&priv->napi);
	free_netdev(priv->napi_dev);
	kfree(priv);
}

struct pci_driver dummy_driver_1 = { .probe = ok_probe, .remove = ok_remove };

static int bad_register_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_netdev_dummy(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev); /* WARN: netdev-allocation */
	if (err)
		free_netdev(dev);
	return err;
}

static struct net_device *kzalloc_dev;

static int bad_kzalloc_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int err;

	kzalloc_dev = kzalloc(sizeof(*kzalloc_dev), GFP_KERNEL);
	if (!kzalloc_dev)
		return -ENOMEM;
	err = register_netdev(kzalloc_dev); /* WARN: netdev-allocation */
	if (err)
		kfree(kzalloc_dev);
	return err;
}

static struct net_device static_dev;

static int bad_static_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return register_netdev(&static_dev); /* WARN: netdev-allocation */
}

struct pci_driver dummy_driver_2 = { .probe = bad_register_probe };
struct pci_driver dummy_driver_3 = { .probe = bad_kzalloc_probe };
struct pci_driver dummy_driver_4 = { .probe = bad_static_probe };
