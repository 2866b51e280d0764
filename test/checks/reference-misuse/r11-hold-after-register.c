// RUN: %check %s
// ND-R10, ND-R11: the reference that ndo_uninit drops is taken in ndo_init; what is
// put elsewhere is held where it is stored.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct low_priv {
	struct net_device *lower;
};

static void bad_uninit(struct net_device *dev)
{
	dev_put(dev); /* WARN: netdev-ndo-init */
}

static const struct net_device_ops late_ops = {
	.ndo_uninit = bad_uninit,
};

static int bad_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err;

	dev->netdev_ops = &late_ops;
	err = register_netdevice(dev);
	if (err)
		return err;
	dev_hold(dev); /* WARN: netdev-reference-misuse */
	return 0;
}

static int early_init(struct net_device *dev)
{
	dev_hold(dev);
	return 0;
}

static const struct net_device_ops early_ops = {
	.ndo_init = early_init,
	.ndo_uninit = bad_uninit,
};

static int ok_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		      struct nlattr *data[], struct netlink_ext_ack *extack)
{
	dev->netdev_ops = &early_ops;
	return register_netdevice(dev);
}

static void low_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

struct rtnl_link_ops low_ops_1 = {
	.kind = "a", .setup = low_setup, .newlink = bad_newlink };
struct rtnl_link_ops low_ops_2 = {
	.kind = "b", .setup = low_setup, .newlink = ok_newlink };

static void bad_destructor(struct net_device *dev)
{
	struct low_priv *priv = netdev_priv(dev);

	dev_put(priv->lower); /* WARN: netdev-reference-misuse */
}

static void lower_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
	dev->priv_destructor = bad_destructor;
}

static int bad_store_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			     struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct low_priv *priv = netdev_priv(dev);

	priv->lower = __dev_get_by_index(src_net, nla_get_u32(tb[IFLA_LINK])); /* WARN: netdev-reference-misuse: lower */
	if (!priv->lower)
		return -ENODEV;
	return register_netdevice(dev);
}

struct rtnl_link_ops low_ops_3 = {
	.kind = "c",
	.priv_size = sizeof(struct low_priv),
	.setup = lower_setup,
	.newlink = bad_store_newlink,
};
