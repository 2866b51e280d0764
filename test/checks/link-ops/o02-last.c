// RUN: %check %s
// ND-O02: the last step of newlink fails behind the registration, and its result is
// newlink's.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

int apply(struct net_device *dev, struct nlattr **data);

static int bad_newlink(struct net *net, struct net_device *dev, struct nlattr *tb[],
		       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err = register_netdevice(dev);

	if (err)
		return err;
	err = apply(dev, data);
	return err; /* WARN: netdev-link-ops: registered */
}

static int ok_newlink(struct net *net, struct net_device *dev, struct nlattr *tb[],
		      struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err = register_netdevice(dev);

	if (err)
		return err;
	err = apply(dev, data);
	if (err)
		unregister_netdevice(dev);
	return err;
}

static int ok_first(struct net *net, struct net_device *dev, struct nlattr *tb[],
		    struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err = apply(dev, data);

	if (err)
		return err;
	return register_netdevice(dev);
}

static void setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

struct rtnl_link_ops bad_ops = { .kind = "bad", .setup = setup, .newlink = bad_newlink };
struct rtnl_link_ops ok_ops = { .kind = "ok", .setup = setup, .newlink = ok_newlink };
struct rtnl_link_ops first_ops = { .kind = "first", .setup = setup, .newlink = ok_first };
