// RUN: %check %s
// ND-O04, E.11: setup acquires nothing, as nobody gives it back when the rest of the
// allocation fails; and it sets needs_free_netdev.
/* OPTIONS: --precision=medium */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct setup_priv {
	struct workqueue_struct *wq;
	spinlock_t lock;
	struct list_head list;
};

static void bad_setup(struct net_device *dev)
{
	struct setup_priv *priv = netdev_priv(dev);

	ether_setup(dev);
	dev->needs_free_netdev = true;
	priv->wq = alloc_workqueue("setup", 0, 0); /* WARN: netdev-link-ops */
}

static void wq_destructor(struct net_device *dev)
{
	struct setup_priv *priv = netdev_priv(dev);

	destroy_workqueue(priv->wq);
}

static void ok_setup(struct net_device *dev)
{
	struct setup_priv *priv = netdev_priv(dev);

	ether_setup(dev);
	dev->needs_free_netdev = true;
	spin_lock_init(&priv->lock);
	INIT_LIST_HEAD(&priv->list);
}

static int ok_init(struct net_device *dev)
{
	struct setup_priv *priv = netdev_priv(dev);

	priv->wq = alloc_workqueue("init", 0, 0);
	return priv->wq ? 0 : -ENOMEM;
}

static void ok_uninit(struct net_device *dev)
{
	struct setup_priv *priv = netdev_priv(dev);

	destroy_workqueue(priv->wq);
}

static const struct net_device_ops init_ops = {
	.ndo_init = ok_init,
	.ndo_uninit = ok_uninit,
};

static int plain_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			 struct nlattr *data[], struct netlink_ext_ack *extack)
{
	dev->priv_destructor = wq_destructor;
	return register_netdevice(dev);
}

static int init_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			struct nlattr *data[], struct netlink_ext_ack *extack)
{
	dev->netdev_ops = &init_ops;
	return register_netdevice(dev);
}

struct rtnl_link_ops setup_ops_1 = {
	.kind = "a",
	.priv_size = sizeof(struct setup_priv),
	.setup = bad_setup,
	.newlink = plain_newlink,
};

struct rtnl_link_ops setup_ops_2 = {
	.kind = "b",
	.priv_size = sizeof(struct setup_priv),
	.setup = ok_setup,
	.newlink = init_newlink,
};
