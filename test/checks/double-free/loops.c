// RUN: %check %s
// ND-L03's traps: each element of an array or list is freed once.
#include <linux/etherdevice.h>
#include <linux/pci.h>

#define PORTS 4

struct card {
	struct net_device *ports[PORTS];
};

static int card_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int i, err;

	if (!card)
		return -ENOMEM;
	for (i = 0; i < PORTS; i++) {
		card->ports[i] = alloc_etherdev(0);
		if (!card->ports[i]) {
			err = -ENOMEM;
			goto err_ports;
		}
		err = register_netdev(card->ports[i]);
		if (err) {
			free_netdev(card->ports[i]);
			goto err_ports;
		}
	}
	pci_set_drvdata(pdev, card);
	return 0;

err_ports:
	while (--i >= 0) {
		unregister_netdev(card->ports[i]);
		free_netdev(card->ports[i]);
	}
	kfree(card);
	return err;
}

static void ok_remove(struct pci_dev *pdev)
{
	struct card *card = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < PORTS; i++)
		unregister_netdev(card->ports[i]);
	for (i = 0; i < PORTS; i++)
		free_netdev(card->ports[i]);
	kfree(card);
}

/* Cleared after the free, and tested before the next one. */
static void ok_cleared_remove(struct pci_dev *pdev)
{
	struct net_device *dev = alloc_etherdev(0);

	if (dev)
		free_netdev(dev);
	dev = NULL;
	if (dev)
		free_netdev(dev);
	ok_remove(pdev);
}

static void bad_not_cleared_remove(struct pci_dev *pdev)
{
	struct net_device *dev = alloc_etherdev(0);

	if (dev)
		free_netdev(dev);
	if (dev)
		free_netdev(dev); /* WARN: netdev-double-free */
	ok_remove(pdev);
}

struct pci_driver card_driver_1 = { .probe = card_probe, .remove = ok_remove };
struct pci_driver card_driver_2 = { .probe = card_probe, .remove = ok_cleared_remove };
struct pci_driver card_driver_3 = { .probe = card_probe, .remove = bad_not_cleared_remove };
