// RUN: %check %s
// E.17: with RTNL held across registration nothing can open the device until it
// is dropped; what needs no RTNL (statistics reads) can already run.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

struct held_priv {
	struct net_device *dev;
	struct delayed_work poll;
	spinlock_t lock;
};

static void held_poll(struct work_struct *work)
{
	struct held_priv *priv = container_of(work, struct held_priv, poll.work);

	netif_carrier_on(priv->dev);
}

static int held_open(struct net_device *dev)
{
	struct held_priv *priv = netdev_priv(dev);

	schedule_delayed_work(&priv->poll, HZ);
	return 0;
}

static int held_stop(struct net_device *dev)
{
	struct held_priv *priv = netdev_priv(dev);

	cancel_delayed_work_sync(&priv->poll);
	return 0;
}

static const struct net_device_ops held_ops = {
	.ndo_open = held_open,
	.ndo_stop = held_stop,
};

static void held_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &held_ops;
	dev->needs_free_netdev = true;
}

static int ok_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		      struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct held_priv *priv = netdev_priv(dev);
	int err;

	priv->dev = dev;
	err = register_netdevice(dev);
	if (err)
		return err;
	INIT_DELAYED_WORK(&priv->poll, held_poll);
	return 0;
}

static struct rtnl_link_ops ok_link_ops = {
	.kind = "held",
	.priv_size = sizeof(struct held_priv),
	.setup = held_setup,
	.newlink = ok_newlink,
};

/* ndo_get_stats64 is called without RTNL. */
struct stats_priv {
	spinlock_t lock;
	u64 packets;
};

static void stats_get(struct net_device *dev, struct rtnl_link_stats64 *storage)
{
	struct stats_priv *priv = netdev_priv(dev);

	spin_lock(&priv->lock);
	storage->rx_packets = priv->packets;
	spin_unlock(&priv->lock);
}

static const struct net_device_ops stats_ops = {
	.ndo_get_stats64 = stats_get,
};

static void stats_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &stats_ops;
	dev->needs_free_netdev = true;
}

static int bad_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct stats_priv *priv = netdev_priv(dev);
	int err;

	err = register_netdevice(dev);
	if (err)
		return err;
	spin_lock_init(&priv->lock); /* WARN: netdev-work-after-register: lock */
	return 0;
}

static struct rtnl_link_ops bad_link_ops = {
	.kind = "stats",
	.priv_size = sizeof(struct stats_priv),
	.setup = stats_setup,
	.newlink = bad_newlink,
};

static int __init held_init(void)
{
	int err;

	err = rtnl_link_register(&ok_link_ops);
	if (err)
		return err;
	err = rtnl_link_register(&bad_link_ops);
	if (err)
		rtnl_link_unregister(&ok_link_ops);
	return err;
}

static void __exit held_exit(void)
{
	rtnl_link_unregister(&bad_link_ops);
	rtnl_link_unregister(&ok_link_ops);
}

module_init(held_init);
module_exit(held_exit);
MODULE_LICENSE("GPL");
