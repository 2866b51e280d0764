// RUN: %check %s
// ND-R01: a reference that is taken for a work. The work gets what it needs in an
// entry that it frees; nothing else leads to the device's reference.
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

static void fdb_handler(struct work_struct *work) /* NOTE: ends what keeps it */
{
	struct fdb_work *w = container_of(work, struct fdb_work, work);
	struct fdb_port *port = w->port;

	fdb_ops->add(port);
	kfree(w);
}

int bad_fdb_event(struct net_device *dev);
int bad_fdb_event(struct net_device *dev)
{
	struct fdb_work *w = kzalloc(sizeof(*w), GFP_ATOMIC);

	if (!w)
		return -ENOMEM;
	INIT_WORK(&w->work, fdb_handler);
	w->port = netdev_priv(dev);
	dev_hold(dev); /* WARN: netdev-reference-leak: fdb_handler */
	schedule_work(&w->work);
	return 0;
}
