// RUN: %check %s
// ND-R01: entries that are the private areas of devices. One ends where its
// device is unregistered, and what it keeps is dropped there, too.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/module.h>

struct upper {
	struct list_head node;
	struct net_device *below, *self;
};

static LIST_HEAD(uppers);

static void upper_setup(struct net_device *dev)
{
	dev->needs_free_netdev = true;
}

static int upper_new(struct net_device *below)
{
	struct net_device *dev = alloc_netdev(sizeof(struct upper), "up%d", 0, upper_setup);
	struct upper *u;

	if (!dev)
		return -ENOMEM;
	u = netdev_priv(dev);
	u->self = dev;
	dev_hold(below);
	u->below = below;
	if (register_netdevice(dev))
		goto fail;
	list_add(&u->node, &uppers);
	return 0;
fail:
	dev_put(below);
	free_netdev(dev);
	return -EIO;
}

static struct upper *upper_of(struct net_device *below)
{
	struct upper *u;

	list_for_each_entry(u, &uppers, node)
		if (u->below == below)
			return u;
	return NULL;
}

static void bad_upper_end(struct upper *u)
{
	list_del(&u->node);
	unregister_netdevice(u->self); /* WARN: netdev-reference-leak: not dropped */
}

static int upper_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct upper *u = upper_of(dev);

	switch (event) {
	case NETDEV_UP:
		if (!u)
			upper_new(dev);
		break;
	case NETDEV_UNREGISTER:
		if (u)
			bad_upper_end(u);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block upper_nb = { .notifier_call = upper_event };

static void __exit upper_exit(void)
{
	struct upper *u, *tmp;

	unregister_netdevice_notifier(&upper_nb);
	rtnl_lock();
	list_for_each_entry_safe(u, tmp, &uppers, node) {
		dev_put(u->below); /* NOTE: drops it */
		unregister_netdevice(u->self);
	}
	rtnl_unlock();
}
module_exit(upper_exit);
