// RUN: %check %s
// E.1, E.2: under RTNL free_netdev() of an unregistering device only asks the
// core to free it; the device dies in rtnl_unlock().
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

static void nf_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int nf_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_netdev(sizeof(int), "nf%d", NET_NAME_UNKNOWN, nf_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int plain_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(int));
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_nf_under_rtnl(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	rtnl_lock();
	unregister_netdevice(dev);
	free_netdev(dev);
	rtnl_unlock();
}

static void ok_plain_under_rtnl(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	rtnl_lock();
	unregister_netdevice(dev);
	free_netdev(dev);
	free_netdev(dev);
	rtnl_unlock();
}

static void bad_nf_after_unlock(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	rtnl_lock();
	unregister_netdevice(dev);
	rtnl_unlock();
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_plain_after_unlock(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	rtnl_lock();
	unregister_netdevice(dev);
	rtnl_unlock();
	free_netdev(dev);
}

/* Valid until rtnl_unlock(), although the core will free it. */
static void ok_nf_use_under_rtnl(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	int *priv = netdev_priv(dev);

	rtnl_lock();
	unregister_netdevice(dev);
	*priv = 0;
	netdev_info(dev, "unregistered\n");
	rtnl_unlock();
}

/* free_netdev() itself sets needs_free_netdev: a second one after the lock. */
static void bad_free_twice(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	rtnl_lock();
	unregister_netdevice(dev);
	free_netdev(dev);
	rtnl_unlock();
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

struct platform_driver nf_driver_1 = { .probe = nf_probe, .remove = ok_nf_under_rtnl };
struct platform_driver nf_driver_2 = { .probe = nf_probe, .remove = bad_nf_after_unlock };
struct platform_driver nf_driver_3 = { .probe = nf_probe, .remove = ok_nf_use_under_rtnl };
struct platform_driver plain_driver_1 = { .probe = plain_probe, .remove = ok_plain_under_rtnl };
struct platform_driver plain_driver_2 = { .probe = plain_probe, .remove = ok_plain_after_unlock };
struct platform_driver plain_driver_3 = { .probe = plain_probe, .remove = bad_free_twice };
