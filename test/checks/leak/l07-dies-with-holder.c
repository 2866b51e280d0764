// RUN: %check %s
// ND-L07 of devices in the array of a card: a probe that fails and gives up the card leaves nobody who could find them.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/slab.h>

struct held_card {
	struct net_device *port[4];
	int ports;
};

int held_init(struct held_card *card);
void held_free_ports(struct held_card *card);

static struct net_device *held_make(struct held_card *card, int i)
{
	struct net_device *dev = alloc_etherdev(0);

	if (dev)
		card->port[i] = dev;
	return dev;
}

static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct held_card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	struct net_device *dev, *dev1;
	int err = -ENOMEM;

	if (!card)
		return -ENOMEM;
	dev = held_make(card, 0);
	if (!dev)
		goto out_card;
	err = register_netdev(dev);
	if (err)
		goto out_dev;
	if (card->ports > 1) {
		dev1 = held_make(card, 1);
		if (!dev1) {
			err = -ENOMEM;
			goto out_unregister;
		}
		err = register_netdev(dev1);
		if (err)
			goto out_unregister;
	}
	pci_set_drvdata(pdev, card);
	return 0;

out_unregister:
	unregister_netdev(dev);
out_dev:
	free_netdev(dev);
out_card:
	kfree(card);
	return err; /* WARN: netdev-leak: the device is not freed after its registration failed */
}

static int bad_loop_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct held_card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int i, err;

	if (!card)
		return -ENOMEM;
	for (i = 0; i < card->ports; i++)
		if (!held_make(card, i)) {
			err = -ENOMEM;
			goto out;
		}
	err = held_init(card);
	if (err)
		goto out;
	pci_set_drvdata(pdev, card);
	return 0;

out:
	kfree(card);
	return err; /* WARN: netdev-leak: the device is not freed on this error path */
}

static int ok_loop_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct held_card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int i, err;

	if (!card)
		return -ENOMEM;
	for (i = 0; i < card->ports; i++)
		if (!held_make(card, i)) {
			err = -ENOMEM;
			goto out;
		}
	err = held_init(card);
	if (err)
		goto out;
	pci_set_drvdata(pdev, card);
	return 0;

out:
	for (i = 0; i < card->ports; i++)
		if (card->port[i])
			free_netdev(card->port[i]);
	kfree(card);
	return err;
}

/* Code that is not at hand frees them. */
static int ok_elsewhere_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct held_card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int i, err = -ENOMEM;

	if (!card)
		return -ENOMEM;
	for (i = 0; i < card->ports; i++)
		if (!held_make(card, i))
			goto out;
	err = held_init(card);
	if (err)
		goto out;
	pci_set_drvdata(pdev, card);
	return 0;

out:
	held_free_ports(card);
	kfree(card);
	return err;
}

static struct held_card *held_first;

/* Others find the card. */
static int ok_kept_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct held_card *card = held_first;
	int i;

	for (i = 0; i < card->ports; i++)
		if (!held_make(card, i))
			return -ENOMEM;
	return 0;
}

static struct pci_driver held_drivers[] = {
	{ .probe = bad_probe }, { .probe = bad_loop_probe }, { .probe = ok_loop_probe },
	{ .probe = ok_elsewhere_probe }, { .probe = ok_kept_probe },
};
