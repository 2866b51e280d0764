// RUN: %check %s
// ND-Q04: dellink queues the peer with the device, and frees it at once.
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

struct pair_priv {
	struct net_device *peer;
};

static void bad_pair_dellink(struct net_device *dev, struct list_head *head)
{
	struct pair_priv *priv = netdev_priv(dev);
	struct net_device *peer = priv->peer;

	unregister_netdevice_queue(dev, head);
	if (peer) {
		unregister_netdevice_queue(peer, head);
		free_netdev(peer); /* WARN: netdev-free-while-registered: queued */
	}
}

static void ok_pair_dellink(struct net_device *dev, struct list_head *head)
{
	struct pair_priv *priv = netdev_priv(dev);
	struct net_device *peer = priv->peer;

	unregister_netdevice_queue(dev, head);
	if (peer)
		unregister_netdevice_queue(peer, head);
}

struct rtnl_link_ops pair_ops = { .kind = "pair", .dellink = bad_pair_dellink };
struct rtnl_link_ops ok_pair_ops = { .kind = "okpair", .dellink = ok_pair_dellink };
