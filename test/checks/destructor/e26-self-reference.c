// RUN: %check %s
// ND-R05, E.26: a reference on itself must be dropped by ndo_uninit; in
// priv_destructor, which runs after the wait for references, it is too late.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct self_priv {
	netdevice_tracker tracker;
};

static int self_init(struct net_device *dev)
{
	struct self_priv *priv = netdev_priv(dev);

	netdev_hold(dev, &priv->tracker, GFP_KERNEL);
	return 0;
}

static void bad_fin(struct net_device *dev)
{
	struct self_priv *priv = netdev_priv(dev);

	netdev_put(dev, &priv->tracker); /* WARN: netdev-destructor */
}

static void ok_uninit(struct net_device *dev)
{
	struct self_priv *priv = netdev_priv(dev);

	netdev_put(dev, &priv->tracker);
}

static const struct net_device_ops bad_ops = {
	.ndo_init = self_init,
};

static const struct net_device_ops ok_ops = {
	.ndo_init = self_init,
	.ndo_uninit = ok_uninit,
};

static void fin_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &bad_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = bad_fin;
}

static void uninit_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &ok_ops;
	dev->needs_free_netdev = true;
}

static int self_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			struct nlattr *data[], struct netlink_ext_ack *extack)
{
	return register_netdevice(dev);
}

struct rtnl_link_ops bad_link_ops = {
	.kind = "bad",
	.priv_size = sizeof(struct self_priv),
	.setup = fin_setup,
	.newlink = self_newlink,
};

struct rtnl_link_ops ok_link_ops = {
	.kind = "ok",
	.priv_size = sizeof(struct self_priv),
	.setup = uninit_setup,
	.newlink = self_newlink,
};
