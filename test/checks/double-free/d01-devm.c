// RUN: %check %s
// ND-D01, E.20: devres frees a device of devm_alloc_etherdev().
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);
	int irq;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	irq = platform_get_irq(pdev, 0);
	if (irq < 0) {
		free_netdev(dev); /* WARN: netdev-double-free */
		return irq;
	}
	return devm_register_netdev(&pdev->dev, dev);
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);
	int irq;

	if (!dev)
		return -ENOMEM;
	SET_NETDEV_DEV(dev, &pdev->dev);
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	return devm_register_netdev(&pdev->dev, dev);
}

static int manual_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	return register_netdev(dev);
}

static void bad_manual_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-double-free */
}

static void ok_manual_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
}

struct platform_driver devm_driver_1 = { .probe = bad_probe };
struct platform_driver devm_driver_2 = { .probe = ok_probe };
struct platform_driver devm_driver_3 = { .probe = manual_probe, .remove = bad_manual_remove };
struct platform_driver devm_driver_4 = { .probe = manual_probe, .remove = ok_manual_remove };
