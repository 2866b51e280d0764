// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-O03: a newlink that registers nothing; what it gives to the driver's other files they may register.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include "o03-elsewhere.h"

static void link_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int bad_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	dev->mtu = 1400;
	return 0; /* WARN: netdev-link-ops: newlink returns success without registering the device */
}

static int ok_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		      struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err;

	err = o03_link(dev);
	if (err)
		return err;
	dev->mtu = 1400;
	return 0;
}

struct rtnl_link_ops o03_ops_1 = {
	.kind = "o03-1", .setup = link_setup, .newlink = bad_newlink,
};
struct rtnl_link_ops o03_ops_2 = {
	.kind = "o03-2", .setup = link_setup, .newlink = ok_newlink,
};
