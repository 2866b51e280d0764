// RUN: %check %s
// ND-D07: the device is managed as well, and released after the interrupt.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>

static irqreturn_t irq_handler(int irq, void *data)
{
	struct net_device *dev = data;

	dev->stats.rx_packets++;
	return IRQ_HANDLED;
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);
	int err;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	dev->irq = platform_get_irq(pdev, 0);
	err = devm_request_irq(&pdev->dev, dev->irq, irq_handler, 0, "irq", dev);
	if (err)
		return err;
	return devm_register_netdev(&pdev->dev, dev);
}

static struct platform_driver irq_driver = {
	.probe = ok_probe,
};
module_platform_driver(irq_driver);
MODULE_LICENSE("GPL");
