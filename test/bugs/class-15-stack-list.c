// RUN: %check %s
// Class 15: devices are queued on a list of the stack that nobody flushes.
#include <linux/rtnetlink.h>

struct mux15 {
	struct list_head node;
	struct net_device *dev;
};

void bad_disconnect(struct list_head *muxes);
void bad_disconnect(struct list_head *muxes)
{
	struct mux15 *mux;
	LIST_HEAD(list);

	rtnl_lock();
	list_for_each_entry(mux, muxes, node)
		unregister_netdevice_queue(mux->dev, &list); /* WARN: netdev-unregister-list: list */
	rtnl_unlock();
}

void ok_disconnect(struct list_head *muxes);
void ok_disconnect(struct list_head *muxes)
{
	struct mux15 *mux;
	LIST_HEAD(list);

	rtnl_lock();
	list_for_each_entry(mux, muxes, node)
		unregister_netdevice_queue(mux->dev, &list);
	unregister_netdevice_many(&list);
	rtnl_unlock();
}
