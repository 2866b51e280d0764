// RUN: %check %s
// ND-L08: devices on a list, unregistered by a callback that belongs to a session; only who makes them frees any.
#include <linux/etherdevice.h>
#include <linux/list.h>
#include <linux/rtnetlink.h>

struct session {
	struct list_head devices;
	void (*close)(struct session *session);
};

struct tunnel {
	struct list_head list;
	struct net_device *dev;
};

static void tunnel_setup(struct net_device *dev) /* NOTE: its setup leaves 'needs_free_netdev' unset */
{
	ether_setup(dev);
	dev->mtu = 1400;
}

static void bad_close(struct session *session)
{
	struct tunnel *t;

	rtnl_lock();
	list_for_each_entry(t, &session->devices, list)
		unregister_netdevice(t->dev); /* WARN: netdev-leak: the devices are unregistered but never freed */
	rtnl_unlock();
}

int tunnel_create(struct session *session)
{
	struct net_device *dev = alloc_netdev(sizeof(struct tunnel), "tun%d", NET_NAME_UNKNOWN, tunnel_setup); /* NOTE: the device is made here */
	struct tunnel *t;
	int err;

	if (!dev)
		return -ENOMEM;
	t = netdev_priv(dev);
	t->dev = dev;
	session->close = bad_close;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	list_add(&t->list, &session->devices);
	return 0;
}
