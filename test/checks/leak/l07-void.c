// RUN: %check %s
// ND-L07: a handler that returns nothing leaves a device behind that nobody can find.
#include <linux/etherdevice.h>
#include <linux/workqueue.h>

struct hub {
	struct work_struct arrive, settle;
	struct net_device *dev;
};

static void bad_arrive(struct work_struct *work)
{
	struct hub *hub = container_of(work, struct hub, arrive);
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return;
	if (register_netdev(dev))
		return; /* WARN: netdev-leak: after its registration failed */
	hub->dev = dev;
}

static void ok_settle(struct work_struct *work)
{
	struct hub *hub = container_of(work, struct hub, settle);
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return;
	if (register_netdev(dev)) {
		free_netdev(dev);
		return;
	}
	hub->dev = dev;
}

void hub_init(struct hub *hub);
void hub_init(struct hub *hub)
{
	INIT_WORK(&hub->arrive, bad_arrive);
	INIT_WORK(&hub->settle, ok_settle);
}
