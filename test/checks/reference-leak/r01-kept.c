// RUN: %check %s
// ND-R01: what a member keeps, or its tracker notes, and nothing in the module drops although
// what keeps it ends here.
#include <linux/netdevice.h>
#include <linux/slab.h>

struct tracked {
	struct net_device *dev;
	netdevice_tracker tracker;
};

struct tracked *bad_tracked_new(struct net_device *dev)
{
	struct tracked *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return NULL;
	t->dev = dev;
	netdev_hold(dev, &t->tracker, GFP_KERNEL); /* WARN: netdev-reference-leak: tracker */
	return t;
}

void tracked_free(struct tracked *t)
{
	kfree(t);
}

struct plain {
	struct net_device *lower;
};

int bad_plain_set(struct plain *p, struct net *net, int ifindex)
{
	struct net_device *dev = dev_get_by_index(net, ifindex); /* WARN: netdev-reference-leak: lower */

	if (!dev)
		return -ENODEV;
	p->lower = dev;
	return 0;
}

void plain_clear(struct plain *p)
{
	p->lower = NULL;
}
