// RUN: %check %s
// goto unwinding: labels fall through into each other, also backwards and nested.
#include <linux/etherdevice.h>
#include <linux/pci.h>


static int bad_order_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = pci_enable_device(pdev);
	if (err)
		goto err_free;
	err = register_netdev(dev);
	if (err)
		goto err_disable;
	return 0;

err_free:
	free_netdev(dev);
	return err;
err_disable:
	pci_disable_device(pdev);
	if (err == -EBUSY)
		goto err_free;
	return err; /* WARN: netdev-leak */
}

static int ok_order_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = pci_enable_device(pdev);
	if (err)
		goto err_free;
	err = register_netdev(dev);
	if (err)
		goto err_disable;
	return 0;

err_free:
	free_netdev(dev);
	return err;
err_disable:
	pci_disable_device(pdev);
	goto err_free;
}

static int bad_nested_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		if (err == -EEXIST)
			goto exists;
		goto out;
exists:
		netdev_info(dev, "exists\n");
		free_netdev(dev);
		goto out;
	}
	return 0;
out:
	return err; /* WARN: netdev-leak */
}

static int ok_nested_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		if (err == -EEXIST)
			goto exists;
		goto out;
exists:
		netdev_info(dev, "exists\n");
		goto out;
	}
	return 0;
out:
	free_netdev(dev);
	return err;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_order_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_order_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = bad_nested_probe, .remove = plain_remove };
struct pci_driver driver_4 = { .probe = ok_nested_probe, .remove = plain_remove };
