// RUN: %check %s
// Class 6: a step after register_candev() fails and reaches free_candev() only.
#include <linux/can/dev.h>
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_candev(0, 1);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_candev(dev);
	if (err)
		goto out_free;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		goto out_free;
	return 0;

out_free:
	free_candev(dev); /* WARN: netdev-free-while-registered */
	return err;
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_candev(0, 1);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_candev(dev);
	if (err)
		goto out_free;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		goto out_unregister;
	return 0;

out_unregister:
	unregister_candev(dev);
out_free:
	free_candev(dev);
	return err;
}

static void can6_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_candev(dev);
	free_candev(dev);
}

struct platform_driver can6_driver_1 = { .probe = bad_probe, .remove = can6_remove };
struct platform_driver can6_driver_2 = { .probe = ok_probe, .remove = can6_remove };
