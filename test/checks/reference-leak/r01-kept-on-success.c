// RUN: %check %s
// ND-R01: a reference that is stored where the function succeeds, and neither stored nor
// dropped where it fails.
#include <linux/netdevice.h>

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
