// RUN: %check %s
// What others write while a function waits for them is not known after: the way to the registration is open.
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct chip {
	struct completion done;
	int status, running;
};

static irqreturn_t chip_irq(int irq, void *cookie)
{
	struct net_device *dev = cookie;
	struct chip *chip = netdev_priv(dev);

	chip->status = 0;
	chip->running = 1;
	complete(&chip->done);
	return IRQ_HANDLED;
}

static int chip_start(struct chip *chip)
{
	chip->status = -EBUSY;
	wait_for_completion(&chip->done);
	return chip->status;
}

static int chip_poll(struct chip *chip)
{
	chip->running = 0;
	while (!chip->running)
		msleep(1);
	return chip->running ? 0 : -EBUSY;
}

static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct chip));
	struct chip *chip;
	int err;

	if (!dev)
		return -ENOMEM;
	chip = netdev_priv(dev);
	init_completion(&chip->done);
	err = request_irq(pdev->irq, chip_irq, 0, "chip", dev);
	if (err)
		goto out_free;
	err = chip_start(chip);
	if (!err)
		err = chip_poll(chip);
	if (err)
		goto out_irq;
	err = register_netdev(dev);
	if (err) {
		free_irq(pdev->irq, dev);
		return err; /* WARN: netdev-leak: after its registration failed */
	}
	return 0;
out_irq:
	free_irq(pdev->irq, dev);
out_free:
	free_netdev(dev);
	return err;
}

static struct pci_driver chip_driver = { .probe = bad_probe };
