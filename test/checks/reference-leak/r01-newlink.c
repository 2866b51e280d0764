// RUN: %check %s
// ND-R01: a newlink that fails before the device is registered: the core frees the
// device, and the reference that its private area kept is lost.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

struct upper {
	struct net_device *lower;
};

static int bad_newlink(struct net *net, struct net_device *dev, struct nlattr *tb[],
		       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct upper *u = netdev_priv(dev);
	int err;

	u->lower = dev_get_by_index(net, 3);
	if (!u->lower)
		return -ENODEV;
	err = register_netdevice(dev);
	if (err < 0)
		return err; /* WARN: netdev-reference-leak: device */
	return 0;
}

static int ok_newlink(struct net *net, struct net_device *dev, struct nlattr *tb[],
		      struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct upper *u = netdev_priv(dev);
	int err;

	u->lower = dev_get_by_index(net, 3);
	if (!u->lower)
		return -ENODEV;
	err = register_netdevice(dev);
	if (err < 0)
		dev_put(u->lower);
	return err;
}

static void upper_dellink(struct net_device *dev, struct list_head *head)
{
	struct upper *u = netdev_priv(dev);

	unregister_netdevice_queue(dev, head);
	dev_put(u->lower);
}

static void setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

struct rtnl_link_ops bad_ops = {
	.kind = "bad", .setup = setup, .newlink = bad_newlink, .dellink = upper_dellink,
};
struct rtnl_link_ops ok_ops = {
	.kind = "ok", .setup = setup, .newlink = ok_newlink, .dellink = upper_dellink,
};
