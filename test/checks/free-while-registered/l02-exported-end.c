// RUN: %check %s
// ND-L02: a flag that only the ends of a life write, one of them exported, tells
// remove that the device is registered.
#include <linux/bitops.h>
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/pci.h>

#define CARD_REGISTERED 3

struct card {
	unsigned long flags;
};

void card_stop(struct net_device *dev);
void card_stop(struct net_device *dev)
{
	struct card *card = netdev_priv(dev);

	if (test_bit(CARD_REGISTERED, &card->flags)) {
		unregister_netdev(dev);
		clear_bit(CARD_REGISTERED, &card->flags);
	}
	free_netdev(dev);
}
/* What EXPORT_SYMBOL() leaves behind. */
void *exported_card_stop = (void *)card_stop;

static int card_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct card));
	struct card *card;
	int err;

	if (!dev)
		return -ENOMEM;
	card = netdev_priv(dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	set_bit(CARD_REGISTERED, &card->flags);
	pci_set_drvdata(pdev, dev);
	return 0;
}

static void ok_card_remove(struct pci_dev *pdev)
{
	card_stop(pci_get_drvdata(pdev));
}

struct pci_driver card_driver = { .probe = card_probe, .remove = ok_card_remove };
