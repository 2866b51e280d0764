// RUN: %check %s
// ND-L08: who makes the devices shows them to another unit, which may leave them to the core.
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

void tunnel_init(struct net_device *dev);

static void ok_close(struct session *session)
{
	struct tunnel *t;

	rtnl_lock();
	list_for_each_entry(t, &session->devices, list)
		unregister_netdevice(t->dev);
	rtnl_unlock();
}

int ok_create(struct session *session)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct tunnel));
	struct tunnel *t;
	int err;

	if (!dev)
		return -ENOMEM;
	t = netdev_priv(dev);
	t->dev = dev;
	tunnel_init(dev);
	session->close = ok_close;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	list_add(&t->list, &session->devices);
	return 0;
}
