// RUN: %check %s
// ND-O05, E.14: dellink queues on the list it is given. An empty one is right when
// netns_refund is set: the driver owns the memory.
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

static void fn_nothing_dellink(struct net_device *dev, struct list_head *head)
{
	if (netif_running(dev))
		return; /* MISS: netdev-link-ops */
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
	.kind = "c", .setup = del_setup, .newlink = del_newlink, .dellink = fn_nothing_dellink };
struct rtnl_link_ops del_ops_4 = {
	.kind = "d", .setup = del_setup, .dellink = ok_empty_dellink, .netns_refund = true };
