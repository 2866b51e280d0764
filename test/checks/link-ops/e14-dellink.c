// RUN: %check %s
// ND-O05, E.14: dellink queues on the list it is given. An empty one is right when
// netns_refund is set: the driver owns the memory.
/* OPTIONS: --precision=low */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

static void del_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int del_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
		       struct nlattr *data[], struct netlink_ext_ack *extack)
{
	return register_netdevice(dev);
}

static void bad_many_dellink(struct net_device *dev, struct list_head *head)
{
	unregister_netdevice_queue(dev, head);
	unregister_netdevice_many(head); /* WARN: netdev-link-ops */
}

static void ok_dellink(struct net_device *dev, struct list_head *head)
{
	netif_carrier_off(dev);
	unregister_netdevice_queue(dev, head);
}

static void bad_nothing_dellink(struct net_device *dev, struct list_head *head)
{
	if (netif_running(dev))
		return; /* WARN: netdev-link-ops: leaves the device registered on this path */
	unregister_netdevice_queue(dev, head);
}

static struct net_device *fallback;

/* The fallback device of the module stays. */
static void ok_fallback_dellink(struct net_device *dev, struct list_head *head)
{
	if (dev != fallback)
		unregister_netdevice_queue(dev, head);
}

static void ok_empty_dellink(struct net_device *dev, struct list_head *head)
{
}

struct rtnl_link_ops del_ops_1 = {
	.kind = "a", .setup = del_setup, .newlink = del_newlink, .dellink = bad_many_dellink };
struct rtnl_link_ops del_ops_2 = {
	.kind = "b", .setup = del_setup, .newlink = del_newlink, .dellink = ok_dellink };
struct rtnl_link_ops del_ops_3 = {
	.kind = "c", .setup = del_setup, .newlink = del_newlink, .dellink = bad_nothing_dellink };
struct rtnl_link_ops del_ops_4 = {
	.kind = "d", .setup = del_setup, .dellink = ok_empty_dellink, .netns_refund = true };
struct rtnl_link_ops del_ops_5 = {
	.kind = "e", .setup = del_setup, .newlink = del_newlink, .dellink = ok_fallback_dellink };
