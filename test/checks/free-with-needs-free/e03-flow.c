// RUN: %check %s
// E.3: needs_free_netdev is read when the to-do list runs, per path.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct flow_priv {
	bool core_frees;
};

static int flow_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct flow_priv));
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

/* Set just before unregistration, as a fire-and-forget close does. */
static void bad_set_late(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	dev->needs_free_netdev = true;
	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_cleared(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	dev->needs_free_netdev = true;
	dev->needs_free_netdev = false;
	unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_one_branch(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct flow_priv *priv = netdev_priv(dev);
	bool core_frees = priv->core_frees;

	if (core_frees)
		dev->needs_free_netdev = true;
	unregister_netdev(dev);
	if (!core_frees)
		free_netdev(dev);
}

static void bad_one_branch(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct flow_priv *priv = netdev_priv(dev);
	bool core_frees = priv->core_frees;

	if (core_frees)
		dev->needs_free_netdev = true;
	unregister_netdev(dev);
	if (core_frees)
		free_netdev(dev); /* WARN: netdev-free-with-needs-free */
	else
		free_netdev(dev);
}

struct platform_driver flow_driver_1 = { .probe = flow_probe, .remove = bad_set_late };
struct platform_driver flow_driver_2 = { .probe = flow_probe, .remove = ok_cleared };
struct platform_driver flow_driver_3 = { .probe = flow_probe, .remove = ok_one_branch };
struct platform_driver flow_driver_4 = { .probe = flow_probe, .remove = bad_one_branch };

/* On the failing edge of registration the driver frees, whatever the flag. */
static int ok_failed_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static void ok_failed_remove(struct platform_device *pdev)
{
	unregister_netdev(platform_get_drvdata(pdev));
}

struct platform_driver failed_driver = { .probe = ok_failed_probe, .remove = ok_failed_remove };

/* A step after registration fails: the core frees here as well. */
static int bad_unwind_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		goto err_unregister;
	return 0;

err_unregister:
	unregister_netdev(dev);
err_free:
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
	return err;
}

static int ok_unwind_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		goto err_unregister;
	return 0;

err_unregister:
	unregister_netdev(dev);
	return err;
err_free:
	free_netdev(dev);
	return err;
}

struct platform_driver unwind_driver_1 = { .probe = bad_unwind_probe, .remove = ok_failed_remove };
struct platform_driver unwind_driver_2 = { .probe = ok_unwind_probe, .remove = ok_failed_remove };
