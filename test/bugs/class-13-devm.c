// RUN: %check %s
// Class 13: free_netdev() and kfree() on what devm_alloc_etherdev() made.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct mix13_priv {
	int id;
};

static int mix13_probe(struct platform_device *pdev)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, sizeof(struct mix13_priv));

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	return register_netdev(dev);
}

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-double-free */
}

static void bad_kfree_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct mix13_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	kfree(priv); /* WARN: netdev-allocation: kfree */
}

static void ok_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
}

struct platform_driver mix13_driver_1 = { .probe = mix13_probe, .remove = bad_remove };
struct platform_driver mix13_driver_2 = { .probe = mix13_probe, .remove = bad_kfree_remove };
struct platform_driver mix13_driver_3 = { .probe = mix13_probe, .remove = ok_remove };
