// RUN: %check %s
// ND-L07, E.19: an error path that forgets the device. Storing it in the driver
// data does not help: remove() is not called after a failing probe.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct leak_priv {
	void __iomem *regs;
};

static int bad_early_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct leak_priv)); /* NOTE: alloc */
	struct leak_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	pci_set_drvdata(pdev, dev);
	priv->regs = pci_ioremap_bar(pdev, 0);
	if (!priv->regs)
		return -EIO; /* WARN: netdev-leak: dev */
	err = register_netdev(dev);
	if (err)
		goto err_unmap;
	return 0;

err_unmap:
	iounmap(priv->regs);
	free_netdev(dev);
	return err;
}

static int ok_early_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct leak_priv));
	struct leak_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	pci_set_drvdata(pdev, dev);
	priv->regs = pci_ioremap_bar(pdev, 0);
	if (!priv->regs) {
		err = -EIO;
		goto err_free;
	}
	err = register_netdev(dev);
	if (err)
		goto err_unmap;
	return 0;

err_unmap:
	iounmap(priv->regs);
err_free:
	free_netdev(dev);
	return err;
}

/* The label that is jumped to frees too little. */
static int bad_label_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev;
	struct leak_priv *priv;
	int err;

	err = pci_enable_device(pdev);
	if (err)
		return err;
	dev = alloc_etherdev(sizeof(struct leak_priv));
	if (!dev) {
		err = -ENOMEM;
		goto err_disable;
	}
	priv = netdev_priv(dev);
	priv->regs = pci_ioremap_bar(pdev, 0);
	if (!priv->regs) {
		err = -EIO;
		goto err_disable;
	}
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_unmap;
	return 0;

err_unmap:
	iounmap(priv->regs);
	free_netdev(dev);
err_disable:
	pci_disable_device(pdev);
	return err; /* WARN: netdev-leak: dev */
}

/* A callee that gives the device back, or to its caller's pointer. */
static struct net_device *leak_alloc(void)
{
	return alloc_etherdev(sizeof(struct leak_priv));
}

static int leak_alloc_to(struct net_device **out)
{
	*out = alloc_etherdev(sizeof(struct leak_priv));
	return *out ? 0 : -ENOMEM;
}

static int ok_callee_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = leak_alloc();
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int bad_out_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev;
	int err;

	err = leak_alloc_to(&dev);
	if (err)
		return err;
	err = pci_enable_device(pdev);
	if (err)
		return err; /* WARN: netdev-leak: dev */
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		pci_disable_device(pdev);
		free_netdev(dev);
	}
	return err;
}

/* With a result that is not 0, leak_alloc_to() has no device. */
static int ok_out_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev;
	int err;

	err = pci_enable_device(pdev);
	if (err)
		return err;
	err = leak_alloc_to(&dev);
	if (err)
		return err;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		pci_disable_device(pdev);
		free_netdev(dev);
	}
	return err;
}

/* devres frees it. */
static int ok_devm_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, sizeof(struct leak_priv));
	struct leak_priv *priv;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	priv = netdev_priv(dev);
	priv->regs = pci_ioremap_bar(pdev, 0);
	if (!priv->regs)
		return -EIO;
	return devm_register_netdev(&pdev->dev, dev);
}

static void leak_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct leak_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	iounmap(priv->regs);
	free_netdev(dev);
}

static void simple_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver leak_driver_1 = { .probe = bad_early_probe, .remove = leak_remove };
struct pci_driver leak_driver_2 = { .probe = ok_early_probe, .remove = leak_remove };
struct pci_driver leak_driver_3 = { .probe = bad_label_probe, .remove = leak_remove };
struct pci_driver leak_driver_4 = { .probe = ok_callee_probe, .remove = simple_remove };
struct pci_driver leak_driver_5 = { .probe = bad_out_probe, .remove = simple_remove };
struct pci_driver leak_driver_6 = { .probe = ok_out_probe, .remove = simple_remove };
struct pci_driver leak_driver_7 = { .probe = ok_devm_probe };
