// RUN: %check %s
// ND-W01, ND-D07: an interrupt whose handler uses the device outlives it.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>

struct irq_priv {
	struct net_device *dev;
	struct work_struct rx;
};

static irqreturn_t irq_handler(int irq, void *data)
{
	struct net_device *dev = data;

	dev->stats.rx_packets++;
	return IRQ_HANDLED;
}

static const struct net_device_ops irq_ops = {
	.ndo_validate_addr = eth_validate_addr,
};

static int plain_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->irq = platform_get_irq(pdev, 0);
	dev->netdev_ops = &irq_ops;
	platform_set_drvdata(pdev, dev);
	err = request_irq(dev->irq, irq_handler, 0, "irq", dev);
	if (err)
		goto err_free;
	err = register_netdev(dev);
	if (err)
		goto err_irq;
	return 0;

err_irq:
	free_irq(dev->irq, dev);
err_free:
	free_netdev(dev);
	return err;
}

static void bad_plain_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: irq_handler */
}

static void ok_plain_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_irq(dev->irq, dev);
	free_netdev(dev);
}

/* devres frees the interrupt only after remove(). */
static int devm_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->irq = platform_get_irq(pdev, 0);
	dev->netdev_ops = &irq_ops;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = devm_request_irq(&pdev->dev, dev->irq, irq_handler, 0, "irq", dev);
	if (err)
		goto err_unregister;
	return 0;

err_unregister:
	unregister_netdev(dev);
err_free:
	free_netdev(dev);
	return err;
}

static void bad_devm_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: irq_handler */
}

static void ok_devm_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	devm_free_irq(&pdev->dev, dev->irq, dev);
	free_netdev(dev);
}

static void ok_disabled_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	disable_irq(dev->irq);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver irq_driver_1 = { .probe = plain_probe, .remove = bad_plain_remove };
struct platform_driver irq_driver_2 = { .probe = plain_probe, .remove = ok_plain_remove };
struct platform_driver irq_driver_3 = { .probe = devm_probe, .remove = bad_devm_remove };
struct platform_driver irq_driver_4 = { .probe = devm_probe, .remove = ok_devm_remove };
struct platform_driver irq_driver_5 = { .probe = devm_probe, .remove = ok_disabled_remove };

/* The device is devm-managed as well: released after the interrupt. */
static int ok_all_devm_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);
	int err;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	dev->irq = platform_get_irq(pdev, 0);
	dev->netdev_ops = &irq_ops;
	err = devm_request_irq(&pdev->dev, dev->irq, irq_handler, 0, "irq", dev);
	if (err)
		return err;
	return devm_register_netdev(&pdev->dev, dev);
}

struct platform_driver irq_driver_6 = { .probe = ok_all_devm_probe };
