// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-D07: devres frees the interrupt only after remove(), when the device is gone.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>

static irqreturn_t irq_handler(int irq, void *data)
{
	struct net_device *dev = data;

	dev->stats.rx_packets++;
	return IRQ_HANDLED;
}

static const struct net_device_ops irq_ops = {
	.ndo_validate_addr = eth_validate_addr,
};

static int irq_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->irq = platform_get_irq(pdev, 0);
	dev->netdev_ops = &irq_ops;
	platform_set_drvdata(pdev, dev);
	err = devm_request_irq(&pdev->dev, dev->irq, irq_handler, 0, "irq", dev);
	if (err)
		goto err_free;
	err = register_netdev(dev);
	if (err)
		goto err_irq;
	return 0;

err_irq:
	devm_free_irq(&pdev->dev, dev->irq, dev);
err_free:
	free_netdev(dev);
	return err;
}

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: devres releases it later */
}

static struct platform_driver irq_driver = {
	.probe = irq_probe,
	.remove = bad_remove,
};
module_platform_driver(irq_driver);
MODULE_LICENSE("GPL");
