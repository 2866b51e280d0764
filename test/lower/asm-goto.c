// RUN: %check %s
// asm goto: each label may be next (static keys, exception tables).
#include <linux/etherdevice.h>
#include <linux/pci.h>


static __always_inline bool key_enabled(void)
{
	asm goto("jmp %l[enabled]" : : : : enabled);
	return false;
enabled:
	return true;
}

static int bad_asm_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (!err)
		return 0;
	asm goto("jmp %l[leave]" : : : : leave);
	free_netdev(dev);
	return err;
leave:
	return err; /* WARN: netdev-leak */
}

static int ok_asm_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (!err)
		return 0;
	asm goto("jmp %l[leave]" : : : : leave);
	netdev_info(dev, "not left\n");
leave:
	free_netdev(dev);
	return err;
}

static int ok_key_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		if (key_enabled())
			netdev_info(dev, "key\n");
		free_netdev(dev);
	}
	return err;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_asm_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_asm_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = ok_key_probe, .remove = plain_remove };
