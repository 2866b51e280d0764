// RUN: %check %s
// ND-L04's traps: what is no use, and what survives the device.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

struct outer {
	struct net_device *dev;
	void __iomem *regs;
	int id;
};

static struct net_device *trap_global;

static int trap_probe(struct platform_device *pdev)
{
	struct outer *outer = kzalloc(sizeof(*outer), GFP_KERNEL);
	int err;

	if (!outer)
		return -ENOMEM;
	outer->dev = alloc_etherdev(sizeof(struct outer *));
	if (!outer->dev) {
		err = -ENOMEM;
		goto err_outer;
	}
	platform_set_drvdata(pdev, outer);
	err = register_netdev(outer->dev);
	if (err)
		goto err_dev;
	trap_global = outer->dev;
	return 0;

err_dev:
	free_netdev(outer->dev);
err_outer:
	kfree(outer);
	return err;
}

/* The driver's structure is not netdev_priv(): it survives. */
static void ok_outer_remove(struct platform_device *pdev)
{
	struct outer *outer = platform_get_drvdata(pdev);

	unregister_netdev(outer->dev);
	free_netdev(outer->dev);
	dev_info(&pdev->dev, "%d is gone\n", outer->id);
	kfree(outer);
}

/* Comparing and clearing the pointer is no use of what it points to. */
static void ok_pointer_remove(struct platform_device *pdev)
{
	struct outer *outer = platform_get_drvdata(pdev);
	struct net_device *dev = outer->dev;

	unregister_netdev(dev);
	free_netdev(dev);
	if (trap_global == dev)
		trap_global = NULL;
	outer->dev = NULL;
	kfree(outer);
}

static void bad_reload_remove(struct platform_device *pdev)
{
	struct outer *outer = platform_get_drvdata(pdev);

	unregister_netdev(outer->dev);
	free_netdev(outer->dev);
	dev_info(&pdev->dev, "%s is gone\n", outer->dev->name); /* WARN: netdev-use-after-free */
	kfree(outer);
}

struct platform_driver trap_driver_1 = { .probe = trap_probe, .remove = ok_outer_remove };
struct platform_driver trap_driver_2 = { .probe = trap_probe, .remove = ok_pointer_remove };
struct platform_driver trap_driver_3 = { .probe = trap_probe, .remove = bad_reload_remove };
