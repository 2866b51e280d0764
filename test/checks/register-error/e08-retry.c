// RUN: %check %s
// ND-L16, E.8: a device cannot be registered a second time, and a retry works only
// when nothing had been done.
/* OPTIONS: --precision=medium */
#include <linux/etherdevice.h>
#include <linux/pci.h>

static int bad_retry_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int i, err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	for (i = 0; i < 3; i++) {
		err = register_netdev(dev); /* WARN: netdev-register-error: registered again */
		if (!err)
			return 0;
	}
	free_netdev(dev);
	return err;
}

static int ok_once_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev;
	int i, err = -ENOMEM;

	for (i = 0; i < 3; i++) {
		dev = alloc_etherdev(0);
		if (!dev)
			return -ENOMEM;
		pci_set_drvdata(pdev, dev);
		err = register_netdev(dev);
		if (!err)
			return 0;
		free_netdev(dev);
	}
	return err;
}

static int ok_eexist_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int i = 0, err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	while (err == -EEXIST) {
		sprintf(dev->name, "x%d", ++i);
		err = register_netdev(dev);
	}
	if (err)
		free_netdev(dev);
	return err;
}

static int bad_resume(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	return register_netdev(dev); /* WARN: netdev-register-error: registered */
}

static void l16_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static int l16_sriov(struct pci_dev *pdev, int num_vfs)
{
	return bad_resume(pdev);
}

struct pci_driver l16_driver_1 = { .probe = bad_retry_probe, .remove = l16_remove };
struct pci_driver l16_driver_2 = {
	.probe = ok_once_probe, .remove = l16_remove, .sriov_configure = l16_sriov };
struct pci_driver l16_driver_3 = { .probe = ok_eexist_probe, .remove = l16_remove };
