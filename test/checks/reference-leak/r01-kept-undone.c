// RUN: %check %s
// ND-R01: what is kept is dropped only where making its keeper failed.
#include <linux/netdevice.h>
#include <linux/slab.h>

/* Dropped only where making it failed. */
struct port {
	struct net_device *dev;
	netdevice_tracker tracker;
};

static struct port *bad_port_new(struct net_device *dev)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	p->dev = dev;
	netdev_hold(dev, &p->tracker, GFP_KERNEL); /* WARN: netdev-reference-leak: tracker */
	return p;
}

int port_attach(struct net_device *dev);

int port_add(struct net_device *dev, struct port **out)
{
	struct port *p = bad_port_new(dev);
	int err;

	if (!p)
		return -ENOMEM;
	err = port_attach(dev);
	if (err) {
		netdev_put(dev, &p->tracker);
		kfree(p);
		return err;
	}
	*out = p;
	return 0;
}

void port_free(struct port *p)
{
	kfree(p);
}

/* What ends it is not at hand. */
struct link {
	struct net_device *dev;
	netdevice_tracker tracker;
	struct link **owner;
};

void link_finish(struct link *l);

static struct link *link_new(struct net_device *dev)
{
	struct link *l = kzalloc(sizeof(*l), GFP_KERNEL);

	if (!l)
		return NULL;
	l->dev = dev;
	netdev_hold(dev, &l->tracker, GFP_KERNEL);
	return l;
}

int ok_link_add(struct net_device *dev, struct link **out)
{
	struct link *l = link_new(dev);
	int err;

	if (!l)
		return -ENOMEM;
	err = port_attach(dev);
	if (err) {
		netdev_put(dev, &l->tracker);
		kfree(l);
		return err;
	}
	*out = l;
	return 0;
}

void link_del(struct link *l)
{
	*l->owner = NULL;
	link_finish(l);
}
