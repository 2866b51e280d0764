// RUN: %check %s
// ND-L07, L08: a dummy device is freed by who made it.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct engine {
	struct net_device *napi_dev;
};

static int bad_probe(struct platform_device *pdev)
{
	struct engine *e = devm_kzalloc(&pdev->dev, sizeof(*e), GFP_KERNEL);
	int irq;

	if (!e)
		return -ENOMEM;
	e->napi_dev = alloc_netdev_dummy(0);
	if (!e->napi_dev)
		return -ENOMEM;
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq; /* WARN: netdev-leak: the device is not freed on this error path */
	platform_set_drvdata(pdev, e);
	return 0;
}

static void bad_remove(struct platform_device *pdev)
{
	struct engine *e = platform_get_drvdata(pdev);

	netif_carrier_off(e->napi_dev);
} /* WARN: netdev-leak: the dummy device is never freed */

struct platform_driver bad_driver = { .probe = bad_probe, .remove = bad_remove };

static int ok_probe(struct platform_device *pdev)
{
	struct engine *e = devm_kzalloc(&pdev->dev, sizeof(*e), GFP_KERNEL);
	int irq;

	if (!e)
		return -ENOMEM;
	e->napi_dev = alloc_netdev_dummy(0);
	if (!e->napi_dev)
		return -ENOMEM;
	irq = platform_get_irq(pdev, 0);
	if (irq < 0) {
		free_netdev(e->napi_dev);
		return irq;
	}
	platform_set_drvdata(pdev, e);
	return 0;
}

static void ok_remove(struct platform_device *pdev)
{
	struct engine *e = platform_get_drvdata(pdev);

	free_netdev(e->napi_dev);
}

struct platform_driver ok_driver = { .probe = ok_probe, .remove = ok_remove };
