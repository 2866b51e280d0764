// RUN: %check %s
// ND-Q01, ND-Q02, ND-Q03, E.16: a local list is flushed, in the same RTNL section,
// and not used again.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct member {
	struct list_head node;
	struct net_device *dev;
};

static LIST_HEAD(members);

void bad_unflushed(void);
void bad_unflushed(void)
{
	struct member *m;
	LIST_HEAD(list);

	rtnl_lock();
	list_for_each_entry(m, &members, node)
		unregister_netdevice_queue(m->dev, &list);
	rtnl_unlock();
} /* WARN: netdev-unregister-list: list */

void ok_flushed(void);
void ok_flushed(void)
{
	struct member *m;
	LIST_HEAD(list);

	rtnl_lock();
	list_for_each_entry(m, &members, node)
		unregister_netdevice_queue(m->dev, &list);
	unregister_netdevice_many(&list);
	rtnl_unlock();
}

void bad_reused(void);
void bad_reused(void)
{
	struct member *m;
	LIST_HEAD(list);

	rtnl_lock();
	list_for_each_entry(m, &members, node) {
		unregister_netdevice_queue(m->dev, &list); /* WARN: netdev-unregister-list: list */
		unregister_netdevice_many(&list);
	}
	rtnl_unlock();
}

void ok_inside(void);
void ok_inside(void)
{
	struct member *m;

	rtnl_lock();
	list_for_each_entry(m, &members, node) {
		LIST_HEAD(list);

		unregister_netdevice_queue(m->dev, &list);
		unregister_netdevice_many(&list);
	}
	rtnl_unlock();
}

static LIST_HEAD(doomed);

void bad_global_dropped(struct net_device *dev);
void bad_global_dropped(struct net_device *dev)
{
	rtnl_lock();
	unregister_netdevice_queue(dev, &doomed);
	rtnl_unlock(); /* WARN: netdev-unregister-list: queued */
	rtnl_lock();
	unregister_netdevice_many(&doomed);
	rtnl_unlock();
}

void ok_global_flushed(struct net_device *dev);
void ok_global_flushed(struct net_device *dev)
{
	rtnl_lock();
	unregister_netdevice_queue(dev, &doomed);
	unregister_netdevice_many(&doomed);
	rtnl_unlock();
}

void bad_dropped(struct net_device *dev);
void bad_dropped(struct net_device *dev)
{
	LIST_HEAD(list);

	rtnl_lock();
	unregister_netdevice_queue(dev, &list);
	rtnl_unlock(); /* WARN: netdev-unregister-list: queued */
	rtnl_lock();
	unregister_netdevice_many(&list);
	rtnl_unlock();
}

/* The list is the caller's, who flushes it. */
static void ok_collect(struct list_head *head)
{
	struct member *m;

	list_for_each_entry(m, &members, node)
		unregister_netdevice_queue(m->dev, head);
}

void ok_caller(void);
void ok_caller(void)
{
	LIST_HEAD(list);

	rtnl_lock();
	ok_collect(&list);
	unregister_netdevice_many(&list);
	rtnl_unlock();
}

void bad_caller(void);
void bad_caller(void)
{
	LIST_HEAD(list);

	rtnl_lock();
	ok_collect(&list);
	rtnl_unlock();
} /* WARN: netdev-unregister-list: list */

/* pernet exit_batch_rtnl and dellink: the core flushes. */
static void ok_exit_rtnl(struct list_head *nets, struct list_head *dev_kill_list)
{
	ok_collect(dev_kill_list);
}

struct pernet_operations list_net_ops = {
	.exit_batch_rtnl = ok_exit_rtnl,
};
