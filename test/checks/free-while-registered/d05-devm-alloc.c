// RUN: %check %s
// ND-D05, E.20: devm_alloc_etherdev() with plain register_netdev() and nobody who
// unregisters: devres frees a registered device.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);

	if (!dev)
		return -ENOMEM;
	return register_netdev(dev); /* WARN: netdev-free-while-registered */
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	return register_netdev(dev);
}

static void ok_remove(struct platform_device *pdev)
{
	unregister_netdev(platform_get_drvdata(pdev));
}

static int bad_error_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		return err;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		return err; /* WARN: netdev-free-while-registered */
	return 0;
}

static int ok_error_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, 0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		return err;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		unregister_netdev(dev);
	return err;
}

struct platform_driver d05_driver_1 = { .probe = bad_probe };
struct platform_driver d05_driver_2 = { .probe = ok_probe, .remove = ok_remove };
struct platform_driver d05_driver_3 = { .probe = bad_error_probe, .remove = ok_remove };
struct platform_driver d05_driver_4 = { .probe = ok_error_probe, .remove = ok_remove };
