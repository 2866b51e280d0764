// RUN: %check %s
// ND-R01: a function that fails clears the pointer and leaves the reference: the tracker alone leads nobody to it.
#include <linux/netdevice.h>

struct offload {
	struct net_device *dev;
	netdevice_tracker tracker;
	int dir;
};
int hardware_add(struct offload *o);

int bad_add(struct offload *o, int ifindex, int dir)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -EINVAL;
	o->dev = dev;
	netdev_tracker_alloc(dev, &o->tracker, GFP_KERNEL);
	if (dir > 2) {
		o->dev = NULL;
		return -EINVAL; /* WARN: netdev-reference-leak: device */
	}
	o->dir = dir;
	if (hardware_add(o)) {
		o->dev = NULL;
		netdev_put(dev, &o->tracker);
		return -EIO;
	}
	return 0;
}

/* The caller ends what failed. */
int ok_add(struct offload *o, int ifindex, int dir)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -EINVAL;
	o->dev = dev;
	netdev_tracker_alloc(dev, &o->tracker, GFP_KERNEL);
	if (dir > 2)
		return -EINVAL;
	o->dir = dir;
	if (hardware_add(o)) {
		o->dev = NULL;
		netdev_put(dev, &o->tracker);
		return -EIO;
	}
	return 0;
}
