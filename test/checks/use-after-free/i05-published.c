// RUN: %check %s
// ND-I05: a device is published before registration, and stays published when
// that fails.
#include <linux/dma-mapping.h>
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static struct net_device *bad_dev;
static struct net_device *ok_dev;
static struct net_device *ok_cleared;

u32 published_state(void);
u32 published_state(void)
{
	u32 sum = 0;

	if (bad_dev)
		sum += bad_dev->flags;
	if (ok_dev)
		sum += ok_dev->flags;
	if (ok_cleared)
		sum += ok_cleared->flags;
	return sum;
}

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	bad_dev = dev;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err; /* WARN: netdev-use-after-free: bad_dev */
	}
	return 0;
}

static void global_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	bad_dev = NULL;
	free_netdev(dev);
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	ok_dev = dev;
	return 0;
}

static void ok_dev_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	ok_dev = NULL;
	unregister_netdev(dev);
	free_netdev(dev);
}

static int ok_cleared_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	ok_cleared = dev;
	err = register_netdev(dev);
	if (err) {
		ok_cleared = NULL;
		synchronize_net();
		free_netdev(dev);
		return err;
	}
	return 0;
}

static void ok_cleared_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	ok_cleared = NULL;
	unregister_netdev(dev);
	free_netdev(dev);
}

/* Driver data is no publication: the driver core clears it. */
static int ok_drvdata_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev_set_drvdata(&pdev->dev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static void ok_drvdata_remove(struct platform_device *pdev)
{
	struct net_device *dev = dev_get_drvdata(&pdev->dev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver bad_driver = {
	.probe = bad_probe,
	.remove = global_remove,
};

struct platform_driver ok_driver = {
	.probe = ok_probe,
	.remove = ok_dev_remove,
};

struct platform_driver ok_cleared_driver = {
	.probe = ok_cleared_probe,
	.remove = ok_cleared_remove,
};

struct platform_driver ok_drvdata_driver = {
	.probe = ok_drvdata_probe,
	.remove = ok_drvdata_remove,
};

/* With no parent the path ends in dma_alloc_coherent(), before it can fail. */
static struct net_device *old_dev;

static int ok_old_probe(struct device *parent)
{
	struct net_device *dev = alloc_etherdev(0);
	dma_addr_t dma;
	int err;

	if (!dev)
		return -ENOMEM;
	if (!parent)
		old_dev = dev;
	if (!dma_alloc_coherent(parent, 64, &dma, GFP_KERNEL)) {
		free_netdev(dev);
		return -ENOMEM;
	}
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int old_init(void)
{
	ok_old_probe(NULL);
	return 0;
}

static void ok_old_exit(void)
{
	if (!old_dev)
		return;
	unregister_netdev(old_dev);
	free_netdev(old_dev);
}

module_init(old_init);
module_exit(ok_old_exit);
