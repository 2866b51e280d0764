// RUN: %check %s
// ND-R01: a function that releases the entry it is given, found by its callers, drops what the entry keeps, as the
// callback does that releases the entries that are left.
#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

void table_destroy(void *table, void (*release)(void *entry));
void table_remove(void *table, struct list_head *node);

struct binder {
	struct list_head list;
	struct net_device *out;
	netdevice_tracker tracker;
	int users;
};
struct flow {
	void *table;
	struct binder *binder;
};

int binder_get(struct flow *f, struct net_device *dev)
{
	struct binder *b = kzalloc(sizeof(*b), GFP_KERNEL);

	if (!b)
		return -ENOMEM;
	b->out = dev;
	netdev_hold(dev, &b->tracker, GFP_KERNEL);
	f->binder = b;
	return 0;
}

static void bad_binder_free(struct binder *b)
{
	list_del(&b->list); /* WARN: netdev-reference-leak: 'struct binder' keeps is not dropped where 'bad_binder_free' */
	kfree(b);
}

void binder_put(struct flow *f)
{
	struct binder *b = f->binder;

	f->binder = NULL;
	if (--b->users)
		return;
	bad_binder_free(b);
}

static void binder_left(void *entry)
{
	struct binder *b = entry;

	netdev_put(b->out, &b->tracker);
	kfree(b);
}

void binders_end(void *table)
{
	table_destroy(table, binder_left);
}

/* Its callers drop, each for itself. */
struct link {
	struct list_head list;
	struct net_device *out;
	netdevice_tracker tracker;
};
struct owner {
	struct link *link;
};

int link_get(struct owner *o, struct net_device *dev)
{
	struct link *l = kzalloc(sizeof(*l), GFP_KERNEL);

	if (!l)
		return -ENOMEM;
	l->out = dev;
	netdev_hold(dev, &l->tracker, GFP_KERNEL);
	o->link = l;
	return 0;
}

static void ok_link_free(struct link *l)
{
	list_del(&l->list);
	kfree(l);
}

void link_put(struct owner *o)
{
	struct link *l = o->link;

	netdev_put(l->out, &l->tracker);
	ok_link_free(l);
}

static void link_left(void *entry)
{
	struct link *l = entry;

	netdev_put(l->out, &l->tracker);
	kfree(l);
}

void links_end(void *table)
{
	table_destroy(table, link_left);
}
