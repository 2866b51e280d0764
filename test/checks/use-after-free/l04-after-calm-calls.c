// RUN: %check %s
// ND-L04: a helper that found nothing to do several times is executed again
// where there is something now: the device is gone, or it is handed to it.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

struct port {
	struct net_device *netdev;
	int users, limit;
};

extern struct port the_port;

static void port_count(struct port *p)
{
	if (p->users > p->limit)
		netif_carrier_off(p->netdev);
	rtnl_lock();
	rtnl_unlock();
}

static void bad_port_last(struct port *p, struct net_device *dev)
{
	if (p->users)
		dev->flags |= 1; /* WARN: netdev-use-after-free: used after */
	rtnl_lock();
	rtnl_unlock();
}

static void ok_port_last(struct port *p, struct net_device *dev)
{
	if (p->users && dev)
		p->users--;
	rtnl_lock();
	rtnl_unlock();
}

static int calm_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	struct port *p = &the_port;
	int err;

	if (!dev)
		return -ENOMEM;
	port_count(p);
	port_count(p);
	port_count(p);
	bad_port_last(p, dev);
	bad_port_last(p, dev);
	bad_port_last(p, dev);
	ok_port_last(p, dev);
	ok_port_last(p, dev);
	ok_port_last(p, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		ok_port_last(p, dev);
		bad_port_last(p, dev);
		return err;
	}
	platform_set_drvdata(pdev, dev);
	return 0;
}

static void calm_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static struct platform_driver calm_driver = {
	.probe = calm_probe,
	.remove = calm_remove,
};
module_platform_driver(calm_driver);
MODULE_LICENSE("GPL");
