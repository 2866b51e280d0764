// RUN: %check %s
// ND-R01: the same, and the work drops it, through another way to the device.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct fdb_port {
	struct net_device *dev;
};

struct fdb_work {
	struct work_struct work;
	struct fdb_port *port;
};

struct fdb_ops {
	void (*add)(struct fdb_port *port);
};
extern const struct fdb_ops *fdb_ops;

static void fdb_handler(struct work_struct *work)
{
	struct fdb_work *w = container_of(work, struct fdb_work, work);
	struct fdb_port *port = w->port;

	fdb_ops->add(port);
	kfree(w);
	dev_put(port->dev);
}

int ok_fdb_event(struct net_device *dev);
int ok_fdb_event(struct net_device *dev)
{
	struct fdb_work *w = kzalloc(sizeof(*w), GFP_ATOMIC);

	if (!w)
		return -ENOMEM;
	INIT_WORK(&w->work, fdb_handler);
	w->port = netdev_priv(dev);
	dev_hold(dev);
	schedule_work(&w->work);
	return 0;
}

/* Taken and dropped by way of the same member. */
static void port_handler(struct work_struct *work)
{
	struct fdb_work *w = container_of(work, struct fdb_work, work);

	fdb_ops->add(w->port);
	dev_put(w->port->dev);
	kfree(w);
}

int ok_port_event(struct fdb_port *port);
int ok_port_event(struct fdb_port *port)
{
	struct fdb_work *w = kzalloc(sizeof(*w), GFP_ATOMIC);

	if (!w)
		return -ENOMEM;
	INIT_WORK(&w->work, port_handler);
	w->port = port;
	dev_hold(port->dev);
	schedule_work(&w->work);
	return 0;
}
