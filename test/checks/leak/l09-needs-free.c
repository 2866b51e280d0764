// RUN: %check %s
// ND-L09: needs_free_netdev does not help when registration fails; except in
// newlink, where the core frees.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	platform_set_drvdata(pdev, dev);
	if (register_netdev(dev))
		return -EBUSY; /* WARN: netdev-leak: dev */
	return 0;
}

static int ok_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	platform_set_drvdata(pdev, dev);
	if (register_netdev(dev)) {
		free_netdev(dev);
		return -EBUSY;
	}
	return 0;
}

static void l09_remove(struct platform_device *pdev)
{
	unregister_netdev(platform_get_drvdata(pdev));
}

struct platform_driver l09_driver_1 = { .probe = bad_probe, .remove = l09_remove };
struct platform_driver l09_driver_2 = { .probe = ok_probe, .remove = l09_remove };

static void l09_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int ok_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		      struct nlattr *data[], struct netlink_ext_ack *extack)
{
	if (register_netdevice(dev))
		return -EBUSY;
	return 0;
}

struct rtnl_link_ops l09_link_ops = {
	.kind = "l09",
	.setup = l09_setup,
	.newlink = ok_newlink,
};
