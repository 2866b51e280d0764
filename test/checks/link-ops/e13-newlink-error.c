// RUN: %check %s
// ND-O02, ND-O03, E.13: newlink that fails after registration unregisters; one that
// succeeds has registered. Below medium precision bad_early_newlink is not reported.
/* OPTIONS: --precision=medium */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

static void link_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int bad_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err;

	err = register_netdevice(dev);
	if (err)
		return err;
	err = netdev_upper_dev_link(dev, dev, extack);
	if (err)
		return err; /* WARN: netdev-link-ops: error while the device is registered */
	return 0;
}

/* The sign tells that it is no success. */
static int bad_negative_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
				struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err;

	err = register_netdevice(dev);
	if (err)
		return err;
	err = netdev_upper_dev_link(dev, dev, extack);
	if (err < 0)
		return err; /* WARN: netdev-link-ops: error while the device is registered */
	return 0;
}

static int ok_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		      struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err;

	err = register_netdevice(dev);
	if (err)
		return err;
	err = netdev_upper_dev_link(dev, dev, extack);
	if (err)
		unregister_netdevice(dev);
	return err;
}

static int bad_early_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
				 struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err;

	if (data && data[1])
		return 0; /* WARN: netdev-link-ops */
	err = register_netdevice(dev);
	return err;
}

static int ok_always_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			     struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err;

	if (data && data[1])
		return -EINVAL;
	err = register_netdevice(dev);
	return err;
}

/* A positive value is a success. */
static int ok_positive_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err = register_netdevice(dev);

	if (err)
		return err;
	return 1;
}

struct rtnl_link_ops link_ops_1 = { .kind = "a", .setup = link_setup, .newlink = bad_newlink };
struct rtnl_link_ops link_ops_2 = { .kind = "b", .setup = link_setup, .newlink = ok_newlink };
struct rtnl_link_ops link_ops_3 = {
	.kind = "c", .setup = link_setup, .newlink = bad_early_newlink };
struct rtnl_link_ops link_ops_4 = {
	.kind = "d", .setup = link_setup, .newlink = ok_always_newlink };
struct rtnl_link_ops link_ops_5 = {
	.kind = "e", .setup = link_setup, .newlink = ok_positive_newlink };
struct rtnl_link_ops link_ops_6 = {
	.kind = "f", .setup = link_setup, .newlink = bad_negative_newlink };
