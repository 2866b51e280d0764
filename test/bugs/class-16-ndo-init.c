// RUN: %check %s
// Class 16: a tunnel takes the reference that ndo_uninit drops after registration;
// a child's ndo_init adds itself to its parent before a step that can fail.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct child16 {
	struct net_device *parent;
	void *table;
};

static int bad_child_init(struct net_device *dev)
{
	struct child16 *priv = netdev_priv(dev);

	dev_hold(priv->parent);
	priv->table = kzalloc(64, GFP_KERNEL);
	if (!priv->table)
		return -ENOMEM; /* WARN: netdev-ndo-init: parent */
	return 0;
}

static int ok_child_init(struct net_device *dev)
{
	struct child16 *priv = netdev_priv(dev);

	priv->table = kzalloc(64, GFP_KERNEL);
	if (!priv->table)
		return -ENOMEM;
	dev_hold(priv->parent);
	return 0;
}

static void child_uninit(struct net_device *dev)
{
	struct child16 *priv = netdev_priv(dev);

	kfree(priv->table);
	dev_put(priv->parent);
}

static const struct net_device_ops bad_ops = {
	.ndo_init = bad_child_init,
	.ndo_uninit = child_uninit,
};

static const struct net_device_ops ok_ops = {
	.ndo_init = ok_child_init,
	.ndo_uninit = child_uninit,
};

static void first_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &bad_ops;
	dev->needs_free_netdev = true;
}

static void second_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &ok_ops;
	dev->needs_free_netdev = true;
}

static int child_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			 struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct child16 *priv = netdev_priv(dev);

	priv->parent = __dev_get_by_index(src_net, nla_get_u32(tb[IFLA_LINK]));
	if (!priv->parent)
		return -ENODEV;
	return register_netdevice(dev);
}

struct rtnl_link_ops child_ops_1 = {
	.kind = "a",
	.priv_size = sizeof(struct child16),
	.setup = first_setup,
	.newlink = child_newlink,
};

struct rtnl_link_ops child_ops_2 = {
	.kind = "b",
	.priv_size = sizeof(struct child16),
	.setup = second_setup,
	.newlink = child_newlink,
};
