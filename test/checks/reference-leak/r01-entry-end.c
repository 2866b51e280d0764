// RUN: %check %s
// ND-R01: entries that keep a reference end in several functions, and one of them forgets it.
#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

/* Freed where it is found. */
struct rule {
	struct list_head list;
	struct net_device *dev;
	netdevice_tracker tracker;
	int id;
};
static LIST_HEAD(rules);

int rule_add(struct net_device *dev, int id)
{
	struct rule *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return -ENOMEM;
	netdev_hold(dev, &r->tracker, GFP_KERNEL);
	r->dev = dev;
	r->id = id;
	list_add(&r->list, &rules);
	return 0;
}

void rules_of_device_end(struct net_device *dev)
{
	struct rule *r, *n;

	list_for_each_entry_safe(r, n, &rules, list) {
		if (r->dev != dev)
			continue;
		netdev_put(r->dev, &r->tracker);
		list_del(&r->list);
		kfree(r);
	}
}

void bad_rule_del(int id)
{
	struct rule *r, *n;

	list_for_each_entry_safe(r, n, &rules, list) {
		if (r->id == id) {
			list_del(&r->list); /* WARN: netdev-reference-leak: rules_of_device_end */
			kfree(r);
		}
	}
}

/* One whose device has gone keeps nothing. */
void ok_rules_without_device_end(void)
{
	struct rule *r, *n;

	list_for_each_entry_safe(r, n, &rules, list) {
		if (r->dev)
			continue;
		list_del(&r->list);
		kfree(r);
	}
}

int ok_rule_refused(struct net_device *dev, int id)
{
	struct rule *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return -ENOMEM;
	if (id < 0) {
		kfree(r);
		return -EINVAL;
	}
	kfree(r);
	return 0;
}

/* Taken out of the list by a helper, and let go of. */
struct peer {
	struct list_head node;
	struct net_device *dev;
};
static LIST_HEAD(peers);

void peer_put(struct peer *p);

static void peer_unlink(struct peer *p)
{
	list_del(&p->node);
	peer_put(p);
}

int peer_add(struct net_device *dev)
{
	struct peer *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	dev_hold(dev);
	p->dev = dev;
	list_add(&p->node, &peers);
	return 0;
}

void peers_exit(void)
{
	struct peer *p, *n;

	list_for_each_entry_safe(p, n, &peers, node) {
		struct net_device *dev = p->dev;

		peer_unlink(p);
		dev_put(dev);
	}
}

void bad_peers_of_device_end(struct net_device *dev)
{
	struct peer *p, *n;

	list_for_each_entry_safe(p, n, &peers, node)
		if (p->dev == dev)
			peer_unlink(p); /* WARN: netdev-reference-leak: peers_exit */
}

/* The member is cleared, the entry lives on. */
struct port {
	struct net_device *dev;
	int state;
};

int port_bind(struct port *p, struct net *net, int ifindex)
{
	p->dev = dev_get_by_index(net, ifindex);
	return p->dev ? 0 : -ENODEV;
}

void port_release(struct port *p)
{
	dev_put(p->dev);
	p->dev = NULL;
}

struct port *port_find(int id);

void bad_port_flush(struct net_device *dev, int id)
{
	struct port *p = port_find(id);

	if (p && p->dev == dev) {
		p->state = 0;
		p->dev = NULL; /* WARN: netdev-reference-leak: port_release */
	}
}

/* For the first time: there was nothing before. */
void ok_port_init(int id)
{
	struct port *p = port_find(id);

	p->state = 0;
	p->dev = NULL;
}

/* Who calls drops it, or who is given it. */
struct lane {
	struct list_head list;
	struct net_device *dev;
};
static LIST_HEAD(lanes);

int lane_add(struct net_device *dev)
{
	struct lane *l = kzalloc(sizeof(*l), GFP_KERNEL);

	if (!l)
		return -ENOMEM;
	dev_hold(dev);
	l->dev = dev;
	list_add(&l->list, &lanes);
	return 0;
}

static void lanes_end(struct net_device *dev)
{
	struct lane *l, *n;

	list_for_each_entry_safe(l, n, &lanes, list)
		if (l->dev == dev) {
			list_del(&l->list);
			kfree(l);
		}
}

void ok_lanes_of_device_end(struct net_device *dev)
{
	lanes_end(dev);
	dev_put(dev);
}

static struct net_device *lane_steal(void)
{
	struct lane *l = list_first_entry(&lanes, struct lane, list);
	struct net_device *dev = l->dev;

	list_del(&l->list);
	kfree(l);
	return dev;
}

void ok_lane_drain(void)
{
	dev_put(lane_steal());
}

void lanes_exit(void)
{
	struct lane *l, *n;

	list_for_each_entry_safe(l, n, &lanes, list) {
		dev_put(l->dev);
		list_del(&l->list);
		kfree(l);
	}
}

/* Work that is queued there drops it. */
struct ctx {
	struct list_head list;
	struct work_struct work;
	struct net_device *dev;
};
static LIST_HEAD(ctxs);

static void ctx_work(struct work_struct *work)
{
	struct ctx *c = container_of(work, struct ctx, work);

	dev_put(c->dev);
	kfree(c);
}

int ctx_add(struct net_device *dev)
{
	struct ctx *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	INIT_WORK(&c->work, ctx_work);
	dev_hold(dev);
	c->dev = dev;
	list_add(&c->list, &ctxs);
	return 0;
}

void ctx_stop(struct ctx *c)
{
	list_del(&c->list);
	dev_put(c->dev);
	kfree(c);
}

void ok_ctx_later(int now)
{
	struct ctx *c = list_first_entry(&ctxs, struct ctx, list);

	list_del(&c->list);
	if (now)
		kfree(c);
	else
		schedule_work(&c->work);
}
