// RUN: %check %s
// ND-R03: a member that leads to a device whose one reference was dropped, where something uses it later.
/* OPTIONS: --precision=medium */
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

struct peer {
	struct net_device *lower;
	int mtu;
};

struct request {
	struct net_device *dev;
	int flags;
};

struct member {
	struct net_device *via;
	int cost;
};

static int peer_mtu(struct peer *peer)
{
	return peer->lower->mtu;
}

int bad_attach(struct peer *peer, int ifindex);
int bad_attach(struct peer *peer, int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -ENODEV;
	peer->lower = dev;
	dev_put(dev); /* WARN: netdev-reference-misuse: 'peer->lower' still leads to the device after its reference is dropped */
	return 0;
}

int ok_attach(struct peer *peer, int ifindex);
int ok_attach(struct peer *peer, int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -ENODEV;
	peer->lower = dev;
	peer->mtu = peer_mtu(peer);
	peer->lower = NULL;
	dev_put(dev);
	return 0;
}

/* What is taken and dropped by helpers is a matter of who calls them. */
static int request_get(struct request *req, int ifindex)
{
	req->dev = dev_get_by_index(&init_net, ifindex);
	return req->dev ? 0 : -ENODEV;
}

static void request_put(struct request *req)
{
	dev_put(req->dev);
}

static int request_mtu(struct request *req)
{
	return req->dev->mtu;
}

int ok_request(struct request *req, int ifindex);
int ok_request(struct request *req, int ifindex)
{
	int mtu;

	if (request_get(req, ifindex))
		return -ENODEV;
	mtu = request_mtu(req);
	request_put(req);
	req->dev = NULL;
	return mtu;
}

/* A packet that was handed on. */
int xmit(struct sk_buff *skb);
int ok_packet(struct sk_buff *skb, int ifindex);
int ok_packet(struct sk_buff *skb, int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);
	int err;

	if (!dev)
		return -ENODEV;
	skb->dev = dev;
	err = xmit(skb);
	dev_put(dev);
	return err;
}

/* The notifier clears it in time. */
static struct member only;

int member_cost(struct member *member);
int member_cost(struct member *member)
{
	return member->cost + member->via->mtu;
}

int ok_notified(struct member *member, int ifindex);
int ok_notified(struct member *member, int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -ENODEV;
	member->via = dev;
	dev_put(dev);
	return 0;
}

static int member_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (event == NETDEV_UNREGISTER && only.via == dev)
		only.via = NULL;
	return NOTIFY_DONE;
}

static struct notifier_block member_nb = { .notifier_call = member_event };

int ok_watch(void);
int ok_watch(void)
{
	return register_netdevice_notifier(&member_nb);
}
