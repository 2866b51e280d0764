// RUN: %check %s
// E.12: the parameter must not be freed, the peer that newlink makes must be; and
// a helper that owns what rtnl_create_link() gave it must free it, too.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct pair_priv {
	struct net_device *peer;
};

static void pair_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static void pair_dellink(struct net_device *dev, struct list_head *head)
{
	struct pair_priv *priv = netdev_priv(dev);
	struct net_device *peer = priv->peer;

	priv->peer = NULL;
	unregister_netdevice_queue(dev, head);
	if (peer) {
		priv = netdev_priv(peer);
		priv->peer = NULL;
		unregister_netdevice_queue(peer, head);
	}
}

static struct rtnl_link_ops ok_pair_ops;

static int ok_pair_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			   struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct pair_priv *priv = netdev_priv(dev);
	struct net_device *peer;
	int err;

	peer = rtnl_create_link(src_net, "peer%d", NET_NAME_ENUM, &ok_pair_ops, tb, extack);
	if (IS_ERR(peer))
		return PTR_ERR(peer);
	err = register_netdevice(peer);
	if (err)
		goto err_free_peer;
	err = register_netdevice(dev);
	if (err)
		goto err_unregister_peer;
	priv->peer = peer;
	priv = netdev_priv(peer);
	priv->peer = dev;
	return 0;

err_unregister_peer:
	unregister_netdevice(peer);
	return err;
err_free_peer:
	free_netdev(peer);
	return err;
}

static int bad_pair_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			    struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct pair_priv *priv = netdev_priv(dev);
	struct net_device *peer;
	int err;

	peer = rtnl_create_link(src_net, "peer%d", NET_NAME_ENUM, &ok_pair_ops, tb, extack);
	if (IS_ERR(peer))
		return PTR_ERR(peer);
	err = register_netdevice(peer);
	if (err)
		goto err_free_peer;
	err = register_netdevice(dev);
	if (err)
		goto err_unregister_peer;
	priv->peer = peer;
	priv = netdev_priv(peer);
	priv->peer = dev;
	return 0;

err_unregister_peer:
	unregister_netdevice(peer);
	free_netdev(dev); /* WARN: netdev-link-ops-free */
	return err;
err_free_peer:
	free_netdev(peer);
	return err;
}

static struct rtnl_link_ops ok_pair_ops = {
	.kind = "pair",
	.priv_size = sizeof(struct pair_priv),
	.setup = pair_setup,
	.newlink = ok_pair_newlink,
	.dellink = pair_dellink,
};

struct rtnl_link_ops bad_pair_ops = {
	.kind = "bad_pair",
	.priv_size = sizeof(struct pair_priv),
	.setup = pair_setup,
	.newlink = bad_pair_newlink,
	.dellink = pair_dellink,
};

/* Owner of rtnl_create_link()'s result. */
struct net_device *ok_pair_dev_create(struct net *net, const char *name);
struct net_device *ok_pair_dev_create(struct net *net, const char *name)
{
	struct nlattr *tb[8] = { NULL };
	struct net_device *dev;
	int err;

	dev = rtnl_create_link(net, name, NET_NAME_ENUM, &ok_pair_ops, tb, NULL);
	if (IS_ERR(dev))
		return dev;
	err = register_netdevice(dev);
	if (err < 0) {
		free_netdev(dev);
		return ERR_PTR(err);
	}
	return dev;
}

/* A helper that newlink shares with a path that owns its device. */
static int shared_register(struct net_device *dev)
{
	return register_netdevice(dev);
}

int ok_shared_attach(void);
int ok_shared_attach(void)
{
	struct net_device *dev = alloc_netdev(0, "sh%d", NET_NAME_ENUM, pair_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	rtnl_lock();
	err = shared_register(dev);
	if (err)
		free_netdev(dev);
	rtnl_unlock();
	return err;
}

static int ok_shared_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			     struct nlattr *data[], struct netlink_ext_ack *extack)
{
	return shared_register(dev);
}

struct rtnl_link_ops ok_shared_ops = {
	.kind = "shared",
	.setup = pair_setup,
	.newlink = ok_shared_newlink,
};
