// RUN: %check %s
// ND-L13: what the private area owns is freed before the device, by ndo_stop or
// by priv_destructor.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct ring_priv {
	void *ring;
	void *rx;
};

static int ring_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ring_priv));
	struct ring_priv *priv;
	int err = -ENOMEM;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->ring = kzalloc(4096, GFP_KERNEL);
	if (!priv->ring)
		goto err_free;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_ring;
	return 0;

err_ring:
	kfree(priv->ring);
err_free:
	free_netdev(dev);
	return err;
}

static void fn_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* MISS: netdev-leak: ring */
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct ring_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	kfree(priv->ring);
	free_netdev(dev);
}

struct pci_driver ring_driver_1 = { .probe = ring_probe, .remove = fn_remove };
struct pci_driver ring_driver_2 = { .probe = ring_probe, .remove = ok_remove };

static int open_open(struct net_device *dev)
{
	struct ring_priv *priv = netdev_priv(dev);

	priv->rx = kzalloc(64, GFP_KERNEL);
	return priv->rx ? 0 : -ENOMEM;
}

static int open_stop(struct net_device *dev)
{
	struct ring_priv *priv = netdev_priv(dev);

	kfree(priv->rx);
	return 0;
}

static const struct net_device_ops open_ops = {
	.ndo_open = open_open,
	.ndo_stop = open_stop,
};

static void ring_destructor(struct net_device *dev)
{
	struct ring_priv *priv = netdev_priv(dev);

	kfree(priv->ring);
}

static int open_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ring_priv));
	struct ring_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &open_ops;
	priv->ring = kzalloc(4096, GFP_KERNEL);
	if (!priv->ring) {
		err = -ENOMEM;
		goto err_free;
	}
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_ring;
	dev->priv_destructor = ring_destructor;
	return 0;

err_ring:
	kfree(priv->ring);
err_free:
	free_netdev(dev);
	return err;
}

static void ok_open_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver ring_driver_3 = { .probe = open_probe, .remove = ok_open_remove };

static int devm_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ring_priv));
	struct ring_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->ring = devm_kzalloc(&pdev->dev, 4096, GFP_KERNEL);
	if (!priv->ring) {
		free_netdev(dev);
		return -ENOMEM;
	}
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

struct pci_driver ring_driver_4 = { .probe = devm_probe, .remove = ok_open_remove };
