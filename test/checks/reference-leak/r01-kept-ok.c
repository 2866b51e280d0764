// RUN: %check %s
// ND-R01: what keeps the reference drops it, or is not seen to end here.
#include <linux/netdevice.h>
#include <linux/slab.h>

struct tracked {
	struct net_device *dev;
	netdevice_tracker tracker;
};

struct tracked *ok_tracked_new(struct net_device *dev)
{
	struct tracked *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return NULL;
	t->dev = dev;
	netdev_hold(dev, &t->tracker, GFP_KERNEL);
	return t;
}

void ok_tracked_free(struct tracked *t)
{
	netdev_put(t->dev, &t->tracker);
	kfree(t);
}

/* Another file may end it. */
struct shared {
	struct net_device *port;
	netdevice_tracker port_tracker;
};

void ok_shared_set(struct shared *s, struct net_device *dev)
{
	s->port = dev;
	netdev_hold(dev, &s->port_tracker, GFP_KERNEL);
}

/* Dropped under another name. */
struct named {
	struct net_device *upper;
};

int ok_named_set(struct named *n, struct net *net, int ifindex)
{
	n->upper = dev_get_by_index(net, ifindex);
	return n->upper ? 0 : -ENODEV;
}

static void ok_named_drop(struct net_device *dev)
{
	dev_put(dev);
}

void ok_named_clear(struct named *n)
{
	struct net_device *dev = n->upper;

	n->upper = NULL;
	ok_named_drop(dev);
}
