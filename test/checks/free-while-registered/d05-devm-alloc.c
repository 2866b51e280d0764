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

/* How often the loop turns is not known, but it is there for all of them. */
struct slave {
	struct net_device *dev;
};

struct common {
	struct slave *slaves;
	int count;
};

static int slaves_probe(struct platform_device *pdev)
{
	struct common *common = devm_kzalloc(&pdev->dev, sizeof(*common), GFP_KERNEL);
	struct net_device *dev;

	if (!common)
		return -ENOMEM;
	common->slaves = devm_kzalloc(&pdev->dev, 2 * sizeof(*common->slaves), GFP_KERNEL);
	if (!common->slaves)
		return -ENOMEM;
	platform_set_drvdata(pdev, common);
	dev = devm_alloc_etherdev(&pdev->dev, 0);
	if (!dev)
		return -ENOMEM;
	common->slaves[0].dev = dev;
	return register_netdev(dev);
}

static void ok_slaves_remove(struct platform_device *pdev)
{
	struct common *common = platform_get_drvdata(pdev);
	int i;

	for (i = 0; i < common->count; i++)
		if (common->slaves[i].dev)
			unregister_netdev(common->slaves[i].dev);
	device_remove_file(&pdev->dev, NULL);
}

static void bad_slaves_remove(struct platform_device *pdev)
{
	struct common *common = platform_get_drvdata(pdev);
	int i;

	if (device_create_file(&pdev->dev, NULL))
		return; /* WARN: netdev-free-while-registered */
	for (i = 0; i < common->count; i++)
		if (common->slaves[i].dev)
			unregister_netdev(common->slaves[i].dev);
}

struct platform_driver d05_driver_5 = { .probe = slaves_probe, .remove = ok_slaves_remove };
struct platform_driver d05_driver_6 = { .probe = slaves_probe, .remove = bad_slaves_remove };
