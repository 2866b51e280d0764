// RUN: %check %s
// ND-Q01: dellink() only queues the device, also where it is called behind its
// pointer.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct member {
	struct list_head node;
	struct net_device *dev;
};

static LIST_HEAD(members);

void bad_lower_gone(void)
{
	struct member *m;
	LIST_HEAD(list);

	rtnl_lock();
	list_for_each_entry(m, &members, node)
		m->dev->rtnl_link_ops->dellink(m->dev, &list);
	rtnl_unlock();
} /* WARN: netdev-unregister-list: list */

void ok_lower_gone(void)
{
	struct member *m;
	LIST_HEAD(list);

	rtnl_lock();
	list_for_each_entry(m, &members, node)
		m->dev->rtnl_link_ops->dellink(m->dev, &list);
	unregister_netdevice_many(&list);
	rtnl_unlock();
}

/* At once. */
void ok_one(struct net_device *dev)
{
	rtnl_lock();
	dev->rtnl_link_ops->dellink(dev, NULL);
	rtnl_unlock();
}
