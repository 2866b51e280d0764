// RUN: %check %s
// ND-O01: newlink and dellink never free the device they are given.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

static void link_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int bad_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err = register_netdevice(dev);

	if (err)
		free_netdev(dev); /* WARN: netdev-link-ops-free */
	return err;
}

static int ok_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		      struct nlattr *data[], struct netlink_ext_ack *extack)
{
	int err = register_netdevice(dev);

	if (err)
		netdev_info(dev, "not registered\n");
	return err;
}

static void bad_dellink(struct net_device *dev, struct list_head *head)
{
	unregister_netdevice_queue(dev, NULL);
	free_netdev(dev); /* WARN: netdev-link-ops-free */
}

static void ok_dellink(struct net_device *dev, struct list_head *head)
{
	unregister_netdevice_queue(dev, head);
}

/* Before registration, on a wrong attribute. */
static int bad_early_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			     struct nlattr *data[], struct netlink_ext_ack *extack)
{
	if (!tb[IFLA_LINK]) {
		free_netdev(dev); /* WARN: netdev-link-ops-free */
		return -EINVAL;
	}
	return register_netdevice(dev);
}

static int ok_early_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			    struct nlattr *data[], struct netlink_ext_ack *extack)
{
	if (!tb[IFLA_LINK]) {
		NL_SET_ERR_MSG_MOD(extack, "no link");
		return -EINVAL;
	}
	return register_netdevice(dev);
}

/* The free stands in a helper that only newlink calls. */
static int link_bring_up(struct net_device *dev)
{
	return register_netdevice(dev);
}

static int bad_alias_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			     struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct net_device *mine = dev;
	int err = link_bring_up(mine);

	if (err < 0)
		goto out;
	return 0;
out:
	free_netdev(mine); /* WARN: netdev-link-ops-free */
	return err;
}

static int ok_alias_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			    struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct net_device *mine = dev;
	int err = link_bring_up(mine);

	if (err < 0)
		goto out;
	return 0;
out:
	netdev_info(mine, "not registered\n");
	return err;
}

struct rtnl_link_ops bad_link_ops = {
	.kind = "bad",
	.setup = link_setup,
	.newlink = bad_newlink,
	.dellink = ok_dellink,
};

struct rtnl_link_ops ok_link_ops = {
	.kind = "ok",
	.setup = link_setup,
	.newlink = ok_newlink,
	.dellink = ok_dellink,
};

struct rtnl_link_ops bad_dellink_ops = {
	.kind = "bad_dellink",
	.setup = link_setup,
	.newlink = ok_newlink,
	.dellink = bad_dellink,
};

struct rtnl_link_ops bad_early_ops = {
	.kind = "bad_early",
	.setup = link_setup,
	.newlink = bad_early_newlink,
};

struct rtnl_link_ops ok_early_ops = {
	.kind = "ok_early",
	.setup = link_setup,
	.newlink = ok_early_newlink,
};

struct rtnl_link_ops bad_alias_ops = {
	.kind = "bad_alias",
	.setup = link_setup,
	.newlink = bad_alias_newlink,
};

struct rtnl_link_ops ok_alias_ops = {
	.kind = "ok_alias",
	.setup = link_setup,
	.newlink = ok_alias_newlink,
};
