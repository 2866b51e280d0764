// RUN: %check %s
// ND-R03: the reference that a structure keeps is dropped, and with it what
// kept the device: nothing else does without the RTNL.
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct port {
	struct net_device *dev;
	netdevice_tracker tracker;
	struct work_struct bad_work, ok_work, locked_work, other_work;
	struct net_device *upper;
};

static void bad_port_work(struct work_struct *work)
{
	struct port *p = container_of(work, struct port, bad_work);

	netdev_put(p->dev, &p->tracker);
	p->dev->mtu = 1500; /* WARN: netdev-reference-misuse: is used after its reference was dropped */
	kfree(p);
}

static void ok_port_work(struct work_struct *work)
{
	struct port *p = container_of(work, struct port, ok_work);

	p->dev->mtu = 1500;
	netdev_put(p->dev, &p->tracker);
	kfree(p);
}

/* A device that is going waits for the RTNL to be dropped. */
static void ok_locked_work(struct work_struct *work)
{
	struct port *p = container_of(work, struct port, locked_work);

	rtnl_lock();
	netdev_put(p->dev, &p->tracker);
	p->dev->mtu = 1500;
	rtnl_unlock();
	kfree(p);
}

/* One of two. */
static void ok_other_work(struct work_struct *work)
{
	struct port *p = container_of(work, struct port, other_work);
	struct net_device *dev = p->upper;

	dev_hold(dev);
	p->upper = NULL;
	dev_put(dev);
	dev->mtu = 1500;
	dev_put(dev);
}

struct port *port_new(struct net_device *dev)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	p->dev = dev;
	netdev_hold(dev, &p->tracker, GFP_KERNEL);
	INIT_WORK(&p->bad_work, bad_port_work);
	INIT_WORK(&p->ok_work, ok_port_work);
	INIT_WORK(&p->locked_work, ok_locked_work);
	INIT_WORK(&p->other_work, ok_other_work);
	return p;
}
EXPORT_SYMBOL(port_new);
