// RUN: %check %s
// ND-R02: the module fills the record and drops its reference, and never takes one.
#include <linux/netdevice.h>
#include <linux/slab.h>

struct bad_port {
	struct net_device *dev;
	netdevice_tracker tracker;
};

struct bad_port *create(struct net_device *dev);
struct bad_port *create(struct net_device *dev)
{
	struct bad_port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (p)
		p->dev = dev;
	return p;
}

void bad_destroy(struct bad_port *p);
void bad_destroy(struct bad_port *p)
{
	netdev_put(p->dev, &p->tracker); /* WARN: netdev-reference-misuse: nothing in this module takes */
	kfree(p);
}

struct ok_port {
	struct net_device *dev;
	netdevice_tracker tracker;
};

struct ok_port *ok_create(struct net_device *dev);
struct ok_port *ok_create(struct net_device *dev)
{
	struct ok_port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (p) {
		p->dev = dev;
		netdev_hold(dev, &p->tracker, GFP_KERNEL);
	}
	return p;
}

void ok_destroy(struct ok_port *p);
void ok_destroy(struct ok_port *p)
{
	netdev_put(p->dev, &p->tracker);
	kfree(p);
}

// Another unit fills it, and may take the reference there.
struct ok_elsewhere {
	struct net_device *dev;
	netdevice_tracker tracker;
};

void ok_release(struct ok_elsewhere *p);
void ok_release(struct ok_elsewhere *p)
{
	netdev_put(p->dev, &p->tracker);
}
