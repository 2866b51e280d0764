// RUN: %check %s
// ND-L11, ND-L12, E.6, E.7: a priv_destructor that frees the device or takes RTNL
// is wrong or right by where it is assigned, and by needs_free_netdev.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

static void bad_fin(struct net_device *dev)
{
	netdev_info(dev, "gone\n");
	free_netdev(dev); /* WARN: netdev-destructor */
}

static void free_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
	dev->priv_destructor = bad_fin;
}

static void ok_fin(struct net_device *dev)
{
	netdev_info(dev, "gone\n");
}

static void ok_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
	dev->priv_destructor = ok_fin;
}

static void bad_lock_fin(struct net_device *dev)
{
	rtnl_lock(); /* WARN: netdev-destructor */
	netdev_info(dev, "gone\n");
	rtnl_unlock();
}

static void lock_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
	dev->priv_destructor = bad_lock_fin;
}

/* Assigned after registration succeeded, without needs_free_netdev: RTNL is never
 * held when it is called, and nobody else frees the device.
 */
static void ok_owner_fin(struct net_device *dev)
{
	rtnl_lock();
	netdev_info(dev, "gone\n");
	rtnl_unlock();
	free_netdev(dev);
}

static int fin_register(struct platform_device *pdev, void (*setup)(struct net_device *dev))
{
	struct net_device *dev = alloc_netdev(0, "fin%d", NET_NAME_ENUM, setup);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int free_probe(struct platform_device *pdev)
{
	return fin_register(pdev, free_setup);
}

static int plain_probe(struct platform_device *pdev)
{
	return fin_register(pdev, ok_setup);
}

static int lock_probe(struct platform_device *pdev)
{
	return fin_register(pdev, lock_setup);
}

static int owner_probe(struct platform_device *pdev)
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
	dev->priv_destructor = ok_owner_fin;
	return 0;
}

static void fin_remove(struct platform_device *pdev)
{
	unregister_netdev(platform_get_drvdata(pdev));
}

struct platform_driver fin_driver_1 = { .probe = free_probe, .remove = fin_remove };
struct platform_driver fin_driver_2 = { .probe = plain_probe, .remove = fin_remove };
struct platform_driver fin_driver_3 = { .probe = lock_probe, .remove = fin_remove };
struct platform_driver fin_driver_4 = { .probe = owner_probe, .remove = fin_remove };
