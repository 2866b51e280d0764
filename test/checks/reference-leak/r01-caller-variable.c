// RUN: %check %s
// ND-R01: on success the reference goes with a variable of the caller; where
// the function fails nobody has it.
#include <linux/module.h>
#include <linux/netdevice.h>

struct route {
	struct net_device *dev;
};

struct found {
	struct net_device *dev;
	void *neigh;
};

struct route *route_get(struct net *net);
void route_put(struct route *rt);
void *route_neigh(struct route *rt);

static int bad_find(struct net *net, struct found *f)
{
	struct route *rt = route_get(net);
	struct net_device *dev;
	void *neigh;

	if (!rt)
		return -ENOENT;
	dev = rt->dev;
	dev_hold(dev);
	neigh = route_neigh(rt);
	route_put(rt);
	if (!neigh)
		return -ENOMEM; /* WARN: netdev-reference-leak: taken in 'bad_find' is not dropped on this path */
	f->dev = dev;
	f->neigh = neigh;
	return 0;
}

static int ok_find(struct net *net, struct found *f)
{
	struct route *rt = route_get(net);
	struct net_device *dev;
	void *neigh;

	if (!rt)
		return -ENOENT;
	dev = rt->dev;
	dev_hold(dev);
	f->dev = dev;
	neigh = route_neigh(rt);
	route_put(rt);
	f->neigh = neigh;
	return neigh ? 0 : -ENOMEM;
}

int offload_first(struct net *net)
{
	struct found f = {};
	int err = bad_find(net, &f);

	if (!err)
		dev_put(f.dev);
	return err;
}

int offload_second(struct net *net)
{
	struct found f = {};
	int err = ok_find(net, &f);

	dev_put(f.dev);
	return err;
}
