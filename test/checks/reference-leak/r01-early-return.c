// RUN: %check %s
// ND-R01, E.34: a held look-up is put on every path, by hand or by __free(dev_put).
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

int bad_flags(int ifindex);
int bad_flags(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);
	int mtu;

	if (!dev)
		return -ENODEV;
	if (!(dev->flags & IFF_UP))
		return -EINVAL; /* WARN: netdev-reference-leak: dev */
	mtu = dev->mtu;
	dev_put(dev);
	return mtu;
}

int ok_flags(int ifindex);
int ok_flags(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);
	int mtu = -EINVAL;

	if (!dev)
		return -ENODEV;
	if (dev->flags & IFF_UP)
		mtu = dev->mtu;
	dev_put(dev);
	return mtu;
}

int ok_cleanup(int ifindex);
int ok_cleanup(int ifindex)
{
	struct net_device *dev __free(dev_put) = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -ENODEV;
	if (!(dev->flags & IFF_UP))
		return -EINVAL;
	return dev->mtu;
}

int bad_tracked(int ifindex);
int bad_tracked(int ifindex)
{
	netdevice_tracker tracker;
	struct net_device *dev;

	dev = netdev_get_by_index(&init_net, ifindex, &tracker, GFP_KERNEL);
	if (!dev)
		return -ENODEV;
	if (!(dev->flags & IFF_UP))
		return -EINVAL; /* WARN: netdev-reference-leak: dev */
	netdev_put(dev, &tracker);
	return 0;
}

int ok_tracked(int ifindex);
int ok_tracked(int ifindex)
{
	netdevice_tracker tracker;
	struct net_device *dev;

	dev = netdev_get_by_index(&init_net, ifindex, &tracker, GFP_KERNEL);
	if (!dev)
		return -ENODEV;
	netdev_put(dev, &tracker);
	return 0;
}

/* Given to the caller, or stored where it is put later. */
struct net_device *ok_returned(int ifindex);
struct net_device *ok_returned(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	return dev;
}

struct holder {
	struct net_device *dev;
};

int ok_stored(struct holder *holder, int ifindex);
int ok_stored(struct holder *holder, int ifindex)
{
	holder->dev = dev_get_by_index(&init_net, ifindex);
	return holder->dev ? 0 : -ENODEV;
}

void ok_released(struct holder *holder);
void ok_released(struct holder *holder)
{
	dev_put(holder->dev);
	holder->dev = NULL;
}

/* An inner loop's step forgets it. */
int bad_hold(struct net_device *dev, int n);
int bad_hold(struct net_device *dev, int n)
{
	dev_hold(dev);
	if (n > 3)
		return -EINVAL; /* WARN: netdev-reference-leak: dev */
	netdev_info(dev, "%d\n", n);
	dev_put(dev);
	return 0;
}
