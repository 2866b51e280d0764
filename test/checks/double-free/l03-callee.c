// RUN: %check %s
// ND-L03: callee and caller both free; a label that is reached after the free.
#include <linux/etherdevice.h>
#include <linux/pci.h>

static int frees_on_error(struct net_device *dev)
{
	int err = register_netdev(dev);

	if (err)
		free_netdev(dev);
	return err;
}

static int keeps_on_error(struct net_device *dev)
{
	return register_netdev(dev);
}

static int bad_callee_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = frees_on_error(dev);
	if (err)
		free_netdev(dev); /* WARN: netdev-double-free */
	return err;
}

static int ok_callee_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = keeps_on_error(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int bad_label_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev;
	int err;

	err = pci_enable_device(pdev);
	if (err)
		return err;
	dev = alloc_etherdev(0);
	if (!dev) {
		err = -ENOMEM;
		goto err_disable;
	}
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		goto err_free;
	}
	return 0;

err_free:
	free_netdev(dev); /* WARN: netdev-double-free */
err_disable:
	pci_disable_device(pdev);
	return err;
}

static int ok_label_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev;
	int err;

	err = pci_enable_device(pdev);
	if (err)
		return err;
	dev = alloc_etherdev(0);
	if (!dev) {
		err = -ENOMEM;
		goto err_disable;
	}
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		pci_set_drvdata(pdev, NULL);
		goto err_free;
	}
	return 0;

err_free:
	free_netdev(dev);
err_disable:
	pci_disable_device(pdev);
	return err;
}

static void remove_once(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
	pci_disable_device(pdev);
}

static void bad_twice_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
	pci_disable_device(pdev);
	free_netdev(dev); /* WARN: netdev-double-free */
}

struct pci_driver double_driver_1 = { .probe = bad_callee_probe, .remove = remove_once };
struct pci_driver double_driver_2 = { .probe = ok_callee_probe, .remove = remove_once };
struct pci_driver double_driver_3 = { .probe = bad_label_probe, .remove = remove_once };
struct pci_driver double_driver_4 = { .probe = ok_label_probe, .remove = remove_once };
struct pci_driver double_driver_5 = { .probe = ok_label_probe, .remove = bad_twice_remove };
