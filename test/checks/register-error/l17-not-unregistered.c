// RUN: %check %s
// ND-L17: an error after a successful registration must unregister again.
#include <linux/etherdevice.h>
#include <linux/phy.h>
#include <linux/pci.h>

struct late_priv {
	struct mii_bus *bus;
};

static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		return err; /* WARN: netdev-register-error */
	return 0;

err_free:
	free_netdev(dev);
	return err;
}

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		goto err_unregister;
	return 0;

err_unregister:
	unregister_netdev(dev);
err_free:
	free_netdev(dev);
	return err;
}

/* Freed although registered: the label above the right one is missing. */
static int bad_free_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		goto err_free;
	return 0;

err_free:
	free_netdev(dev); /* WARN: netdev-free-while-registered */
	return err;
}

/* The caller unregisters. */
static int finish(struct pci_dev *pdev, struct net_device *dev)
{
	int err = register_netdev(dev);

	if (err)
		return err;
	return 0;
}

static int ok_caller_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = finish(pdev, dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	err = device_create_file(&pdev->dev, NULL);
	if (err) {
		unregister_netdev(dev);
		free_netdev(dev);
	}
	return err;
}

/* devres unregisters. */
static int ok_devm_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);
	int err;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	err = devm_register_netdev(&pdev->dev, dev);
	if (err)
		return err;
	return device_create_file(&pdev->dev, NULL);
}

static void l17_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver l17_driver_1 = { .probe = bad_probe, .remove = l17_remove };
struct pci_driver l17_driver_2 = { .probe = ok_probe, .remove = l17_remove };
struct pci_driver l17_driver_3 = { .probe = bad_free_probe, .remove = l17_remove };
struct pci_driver l17_driver_4 = { .probe = ok_caller_probe, .remove = l17_remove };
struct pci_driver l17_driver_5 = { .probe = ok_devm_probe };
