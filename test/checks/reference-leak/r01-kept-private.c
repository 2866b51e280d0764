// RUN: %check %s
// ND-R01: what the private area of a device keeps is dropped nowhere; it ends with the device.
#include <linux/netdevice.h>

/* The private area of a device ends with it. */
struct upper {
	struct net_device *lower;
	struct net_device *dev;
};

const struct net_device_ops upper_ops = {};

int bad_upper_new(struct net_device *dev, struct net_device *lower)
{
	struct upper *u = netdev_priv(dev);
	int err;

	dev_hold(lower); /* WARN: netdev-reference-leak: lower */
	u->lower = lower;
	u->dev = dev;
	dev->netdev_ops = &upper_ops;
	err = register_netdevice(dev);
	if (err)
		dev_put(lower);
	return err;
}

/* What it drops is another member's. */
void upper_work(struct upper *u)
{
	dev_hold(u->dev);
	dev_put(u->dev);
}

void upper_dellink(struct net_device *dev, struct list_head *head)
{
	unregister_netdevice_queue(dev, head);
}
