// RUN: %check %s
// ND-O08: from 6.15 on the device is newlink's first argument; it is bound by type.
/* FLAGS: -DMOCK_LINUX_6_15 */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

static void link_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int bad_newlink(struct net_device *dev, struct rtnl_newlink_params *params,
		       struct netlink_ext_ack *extack)
{
	int err = register_netdevice(dev);

	if (err)
		free_netdev(dev); /* WARN: netdev-link-ops-free */
	return err;
}

static int ok_newlink(struct net_device *dev, struct rtnl_newlink_params *params,
		      struct netlink_ext_ack *extack)
{
	int err = register_netdevice(dev);

	if (err)
		netdev_info(dev, "not registered\n");
	return err;
}

struct rtnl_link_ops bad_link_ops = {
	.kind = "bad",
	.setup = link_setup,
	.newlink = bad_newlink,
};

struct rtnl_link_ops ok_link_ops = {
	.kind = "ok",
	.setup = link_setup,
	.newlink = ok_newlink,
};
