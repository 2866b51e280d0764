// RUN: %check %s
// Class 1: the last channel is absent, its device was freed in the loop, and the
// interrupt is requested with it all the same.
#include <linux/can/dev.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

#define CHANNELS 2

struct chan_card {
	struct net_device *dev[CHANNELS];
	int channels;
};

static irqreturn_t chan_irq(int irq, void *data)
{
	return IRQ_HANDLED;
}

static void chan_del(struct pci_dev *pdev, struct chan_card *card)
{
	int i;

	for (i = 0; i < card->channels; i++) {
		unregister_candev(card->dev[i]);
		free_candev(card->dev[i]);
	}
	kfree(card);
}

static int bad_chan_add(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct chan_card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	struct net_device *dev = NULL;
	int i, err;

	if (!card)
		return -ENOMEM;
	for (i = 0; i < CHANNELS; i++) {
		dev = alloc_candev(0, 1);
		if (!dev)
			continue;
		dev->irq = pdev->irq;
		err = register_candev(dev);
		if (err) {
			free_candev(dev);
			continue;
		}
		card->dev[card->channels++] = dev;
	}
	if (!card->channels) {
		kfree(card);
		return -ENODEV;
	}
	err = request_irq(dev->irq, chan_irq, IRQF_SHARED, "chan", card); /* WARN: netdev-use-after-free: irq */
	if (err) {
		chan_del(pdev, card);
		return err;
	}
	pci_set_drvdata(pdev, card);
	return 0;
}

static int ok_chan_add(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct chan_card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	struct net_device *dev;
	int i, err;

	if (!card)
		return -ENOMEM;
	for (i = 0; i < CHANNELS; i++) {
		dev = alloc_candev(0, 1);
		if (!dev)
			continue;
		dev->irq = pdev->irq;
		err = register_candev(dev);
		if (err) {
			free_candev(dev);
			continue;
		}
		card->dev[card->channels++] = dev;
	}
	if (!card->channels) {
		kfree(card);
		return -ENODEV;
	}
	err = request_irq(pdev->irq, chan_irq, IRQF_SHARED, "chan", card);
	if (err) {
		chan_del(pdev, card);
		return err;
	}
	pci_set_drvdata(pdev, card);
	return 0;
}

static void chan_remove(struct pci_dev *pdev)
{
	struct chan_card *card = pci_get_drvdata(pdev);

	free_irq(pdev->irq, card);
	chan_del(pdev, card);
}

struct pci_driver chan_driver_1 = { .probe = bad_chan_add, .remove = chan_remove };
struct pci_driver chan_driver_2 = { .probe = ok_chan_add, .remove = chan_remove };
