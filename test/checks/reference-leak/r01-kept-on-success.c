// RUN: %check %s
// ND-R01: a reference that is stored where the function succeeds, and neither stored nor
// dropped where it fails.
#include <linux/netdevice.h>
#include <linux/slab.h>

struct slot {
	struct net_device *slave;
};

int open_slave(struct net_device *dev);

int bad_enslave(struct slot *s, struct net_device *dev)
{
	int err;

	dev_hold(dev);
	err = open_slave(dev);
	if (err)
		return err; /* WARN: netdev-reference-leak: device */
	s->slave = dev;
	return 0;
}

int ok_enslave(struct slot *s, struct net_device *dev)
{
	int err;

	dev_hold(dev);
	err = open_slave(dev);
	if (err) {
		dev_put(dev);
		return err;
	}
	s->slave = dev;
	return 0;
}

void release(struct slot *s)
{
	dev_put(s->slave);
	s->slave = NULL;
}

struct tracked {
	struct net_device *conduit;
	netdevice_tracker tracker;
};

int find_conduit(struct net_device *dev);

/* The tracker alone leads nobody to the device. */
int bad_attach(struct tracked *t, struct net_device *dev)
{
	int err;

	netdev_hold(dev, &t->tracker, GFP_KERNEL);
	err = find_conduit(dev);
	if (err)
		return err; /* WARN: netdev-reference-leak: device */
	t->conduit = dev;
	return 0;
}

void detach(struct tracked *t)
{
	netdev_put(t->conduit, &t->tracker);
	t->conduit = NULL;
}

/* What a caller calls it is nothing that keeps it. */
static struct slot *bad_add(struct net_device *dev)
{
	struct slot *s;

	dev_hold(dev);
	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return NULL; /* WARN: netdev-reference-leak: device */
	s->slave = dev;
	return s;
}

int add(struct net_device *dev)
{
	struct net_device *mine = dev;

	return bad_add(mine) ? 0 : -ENOMEM;
}
