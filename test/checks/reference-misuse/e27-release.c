// RUN: %check %s
// ND-R02, ND-R06, ND-R07, E.27: what is put was held, in the same way.
#include <linux/netdevice.h>
#include <linux/of_net.h>
#include <linux/rtnetlink.h>

int bad_borrowed(int ifindex);
int bad_borrowed(int ifindex)
{
	struct net_device *dev;
	int mtu;

	rtnl_lock();
	dev = __dev_get_by_index(&init_net, ifindex);
	mtu = dev ? dev->mtu : -ENODEV;
	dev_put(dev); /* WARN: netdev-reference-misuse: dev */
	rtnl_unlock();
	return mtu;
}

int ok_held(int ifindex);
int ok_held(int ifindex)
{
	struct net_device *dev;
	int mtu;

	rtnl_lock();
	dev = dev_get_by_index(&init_net, ifindex);
	mtu = dev ? dev->mtu : -ENODEV;
	dev_put(dev);
	rtnl_unlock();
	return mtu;
}

int bad_twice(int ifindex);
int bad_twice(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -ENODEV;
	dev_put(dev);
	dev_put(dev); /* WARN: netdev-reference-misuse: dev */
	return 0;
}

struct tracked {
	struct net_device *dev;
	netdevice_tracker tracker;
};

struct mixed {
	struct net_device *dev;
	netdevice_tracker tracker;
};

int bad_tracker(struct mixed *t, struct net_device *dev);
int bad_tracker(struct mixed *t, struct net_device *dev)
{
	netdev_hold(dev, &t->tracker, GFP_KERNEL);
	netdev_info(dev, "held\n");
	dev_put(dev); /* WARN: netdev-reference-misuse */
	return 0;
}

int ok_tracker(struct tracked *t, struct net_device *dev);
int ok_tracker(struct tracked *t, struct net_device *dev)
{
	netdev_hold(dev, &t->tracker, GFP_KERNEL);
	netdev_info(dev, "held\n");
	netdev_put(dev, &t->tracker);
	return 0;
}

/* It is struct device's reference that is taken. */
int bad_node(struct device_node *np);
int bad_node(struct device_node *np)
{
	struct net_device *dev = of_find_net_device_by_node(np);

	if (!dev)
		return -ENODEV;
	dev_put(dev); /* WARN: netdev-reference-misuse: dev */
	return 0; /* WARN: netdev-reference-leak: struct device */
}

int ok_node(struct device_node *np);
int ok_node(struct device_node *np)
{
	struct net_device *dev = of_find_net_device_by_node(np);

	if (!dev)
		return -ENODEV;
	put_device(&dev->dev);
	return 0;
}

/* netdev_tracker_alloc() takes no reference. */
int ok_tracker_alloc(struct tracked *t, int ifindex);
int ok_tracker_alloc(struct tracked *t, int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -ENODEV;
	netdev_tracker_alloc(dev, &t->tracker, GFP_KERNEL);
	netdev_put(dev, &t->tracker);
	return 0;
}
