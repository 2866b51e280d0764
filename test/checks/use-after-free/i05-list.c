// RUN: %check %s
// ND-I05: a device that is freed because it could not be registered is still on a list.
#include <linux/etherdevice.h>
#include <linux/list.h>
#include <linux/rtnetlink.h>

struct hub_port {
	struct list_head node;
	struct net_device *dev;
};

static LIST_HEAD(hub_ports);

static void hub_setup(struct net_device *dev)
{
	dev->needs_free_netdev = true;
}

static int bad_newlink(struct net *net, struct net_device *dev, struct nlattr *tb[], struct nlattr *data[],
		       struct netlink_ext_ack *ack)
{
	struct hub_port *port = netdev_priv(dev);

	port->dev = dev;
	list_add(&port->node, &hub_ports);
	return register_netdevice(dev); /* WARN: netdev-use-after-free: 'hub_port->node' is still on a list */
}

static int ok_newlink_after(struct net *net, struct net_device *dev, struct nlattr *tb[], struct nlattr *data[],
			    struct netlink_ext_ack *ack)
{
	struct hub_port *port = netdev_priv(dev);
	int err;

	err = register_netdevice(dev);
	if (!err)
		list_add(&port->node, &hub_ports);
	return err;
}

static void leave(struct hub_port *port)
{
	list_del(&port->node);
}

static int ok_newlink_undone(struct net *net, struct net_device *dev, struct nlattr *tb[], struct nlattr *data[],
			     struct netlink_ext_ack *ack)
{
	struct hub_port *port = netdev_priv(dev);
	int err;

	list_add(&port->node, &hub_ports);
	err = register_netdevice(dev);
	if (err)
		leave(port);
	return err;
}

/* The list ends with who has it. */
static int ok_newlink_own(struct net *net, struct net_device *dev, struct nlattr *tb[], struct nlattr *data[],
			  struct netlink_ext_ack *ack)
{
	struct hub_port *port = netdev_priv(dev);
	LIST_HEAD(mine);

	list_add(&port->node, &mine);
	return register_netdevice(dev);
}

static void hub_dellink(struct net_device *dev, struct list_head *head)
{
	struct hub_port *port = netdev_priv(dev);

	list_del(&port->node);
	unregister_netdevice_queue(dev, head);
}

static struct rtnl_link_ops bad_ops = {
	.setup = hub_setup, .newlink = bad_newlink, .dellink = hub_dellink,
};
static struct rtnl_link_ops after_ops = {
	.setup = hub_setup, .newlink = ok_newlink_after, .dellink = hub_dellink,
};
static struct rtnl_link_ops undone_ops = {
	.setup = hub_setup, .newlink = ok_newlink_undone, .dellink = hub_dellink,
};
static struct rtnl_link_ops own_ops = {
	.setup = hub_setup, .newlink = ok_newlink_own, .dellink = hub_dellink,
};
