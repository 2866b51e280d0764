// RUN: %check %s
// ND-R03: after its last put a device is used no more: also one that was found
// under RCU and held then, and one that was got in one of two ways. What uses it
// after one put is told of once.
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/rtnetlink.h>

int bad_two_ways(int ifindex, const char *name);
int bad_two_ways(int ifindex, const char *name)
{
	struct net_device *dev;
	int room;

	if (ifindex)
		dev = dev_get_by_index(&init_net, ifindex);
	else
		dev = dev_get_by_name(&init_net, name);
	if (!dev)
		return -ENODEV;
	dev_put(dev);
	room = dev->mtu; /* WARN: netdev-reference-misuse: used after its reference was dropped */
	return room - dev->hard_header_len;
}

int bad_held_under_rcu(int ifindex);
int bad_held_under_rcu(int ifindex)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, ifindex);
	if (!dev) {
		rcu_read_unlock();
		return -ENODEV;
	}
	dev_hold(dev);
	rcu_read_unlock();
	dev_put(dev);
	return dev->mtu; /* WARN: netdev-reference-misuse: used after its reference was dropped */
}

int ok_two_ways(int ifindex, const char *name);
int ok_two_ways(int ifindex, const char *name)
{
	struct net_device *dev;
	int mtu;

	if (ifindex)
		dev = dev_get_by_index(&init_net, ifindex);
	else
		dev = dev_get_by_name(&init_net, name);
	if (!dev)
		return -ENODEV;
	mtu = dev->mtu;
	dev_put(dev);
	return mtu;
}

/* One of the two ways needs no reference. */
int ok_other_way(int ifindex, struct net_device *own);
int ok_other_way(int ifindex, struct net_device *own)
{
	struct net_device *dev = own;

	if (ifindex) {
		dev = dev_get_by_index(&init_net, ifindex);
		if (!dev)
			return -ENODEV;
		dev_put(dev);
		dev = own;
	}
	return dev->mtu;
}

int ok_still_under_rcu(int ifindex);
int ok_still_under_rcu(int ifindex)
{
	struct net_device *dev;
	int mtu = -ENODEV;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, ifindex);
	if (dev) {
		dev_hold(dev);
		dev_put(dev);
		mtu = dev->mtu;
	}
	rcu_read_unlock();
	return mtu;
}

int ok_still_under_rtnl(int ifindex);
int ok_still_under_rtnl(int ifindex)
{
	struct net_device *dev;

	ASSERT_RTNL();
	dev = __dev_get_by_index(&init_net, ifindex);
	if (!dev)
		return -ENODEV;
	dev_hold(dev);
	dev_put(dev);
	return dev->mtu;
}
