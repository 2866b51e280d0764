// RUN: %check %s
// ND-W01: remove frees the interrupt that a helper has asked for.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>

static irqreturn_t helper_handler(int irq, void *data)
{
	struct net_device *dev = data;

	dev->stats.rx_packets++;
	return IRQ_HANDLED;
}

static const struct net_device_ops helper_ops = {
	.ndo_validate_addr = eth_validate_addr,
};

static int helper_start(struct net_device *dev)
{
	int err = request_irq(dev->irq, helper_handler, 0, "irq", dev);

	if (err)
		return err;
	err = register_netdev(dev);
	if (err)
		free_irq(dev->irq, dev);
	return err;
}

static struct net_device *helper_create(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return NULL;
	dev->irq = platform_get_irq(pdev, 0);
	dev->netdev_ops = &helper_ops;
	platform_set_drvdata(pdev, dev);
	if (helper_start(dev)) {
		free_netdev(dev);
		return NULL;
	}
	return dev;
}

static int irq_probe(struct platform_device *pdev)
{
	return helper_create(pdev) ? 0 : -ENODEV;
}

static void ok_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_irq(dev->irq, dev);
	free_netdev(dev);
}

static struct platform_driver ok_driver = {
	.probe = irq_probe,
	.remove = ok_remove,
};
module_platform_driver(ok_driver);
MODULE_LICENSE("GPL");
