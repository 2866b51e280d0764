// RUN: %check %s
// ND-W01: the interrupt is asked for in a helper. Whether that has failed is
// known of the path, although nothing keeps the status once the helper returns.
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

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: the handler given to 'request_irq' may still run */
}

static struct platform_driver bad_driver = {
	.probe = irq_probe,
	.remove = bad_remove,
};
module_platform_driver(bad_driver);
MODULE_LICENSE("GPL");
