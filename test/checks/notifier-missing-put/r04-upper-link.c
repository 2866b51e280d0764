// RUN: %check %s
// ND-R04: a look-up that is put again in the same function, and a relation that
// netdev_upper_dev_link() keeps, need no notifier.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

struct upper_priv {
	struct net_device *slave;
};

int ok_mtu_of(const char *name);
int ok_mtu_of(const char *name)
{
	struct net_device *dev = dev_get_by_name(&init_net, name);
	int mtu;

	if (!dev)
		return -ENODEV;
	mtu = dev->mtu;
	dev_put(dev);
	return mtu;
}

static int ok_add_slave(struct net_device *dev, struct net_device *slave_dev,
			struct netlink_ext_ack *extack)
{
	struct upper_priv *priv = netdev_priv(dev);
	int err;

	err = netdev_upper_dev_link(slave_dev, dev, extack);
	if (err)
		return err;
	priv->slave = slave_dev;
	return 0;
}

static int ok_del_slave(struct net_device *dev, struct net_device *slave_dev)
{
	struct upper_priv *priv = netdev_priv(dev);

	priv->slave = NULL;
	netdev_upper_dev_unlink(slave_dev, dev);
	return 0;
}

static const struct net_device_ops upper_ops = {
	.ndo_add_slave = ok_add_slave,
	.ndo_del_slave = ok_del_slave,
};

static void upper_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &upper_ops;
	dev->needs_free_netdev = true;
}

static int upper_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			 struct nlattr *data[], struct netlink_ext_ack *extack)
{
	return register_netdevice(dev);
}

static struct rtnl_link_ops upper_link_ops = {
	.kind = "upper",
	.priv_size = sizeof(struct upper_priv),
	.setup = upper_setup,
	.newlink = upper_newlink,
};

static int __init upper_init(void)
{
	return rtnl_link_register(&upper_link_ops);
}

static void __exit upper_exit(void)
{
	rtnl_link_unregister(&upper_link_ops);
}

module_init(upper_init);
module_exit(upper_exit);
MODULE_LICENSE("GPL");
