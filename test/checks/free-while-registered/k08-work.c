// RUN: %check %s
// ND-K08: work that is armed while the RTNL is held frees what is being unregistered.
/* OPTIONS: --precision=medium */
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/workqueue.h>

struct port {
	struct net_device *dev;
	struct work_struct free_work;
};

static void bad_free_work(struct work_struct *work)
{
	struct port *p = container_of(work, struct port, free_work);

	free_netdev(p->dev); /* WARN: netdev-free-while-registered: may run while 'port_del' still unregisters the device */
}

void port_del(struct port *p);
void port_del(struct port *p)
{
	ASSERT_RTNL();
	INIT_WORK(&p->free_work, bad_free_work);
	unregister_netdevice(p->dev);
	schedule_work(&p->free_work);
}

struct late_port {
	struct net_device *dev;
	struct work_struct late_work;
};

static void ok_free_work(struct work_struct *work)
{
	struct late_port *p = container_of(work, struct late_port, late_work);

	free_netdev(p->dev);
}

/* Armed when the RTNL is dropped, and the device is unregistered. */
void ok_port_del(struct late_port *p);
void ok_port_del(struct late_port *p)
{
	INIT_WORK(&p->late_work, ok_free_work);
	rtnl_lock();
	unregister_netdevice(p->dev);
	rtnl_unlock();
	schedule_work(&p->late_work);
}

struct both_port {
	struct net_device *dev;
	struct work_struct both_work;
};

/* The same thread unregisters and frees. */
static void ok_both_work(struct work_struct *work)
{
	struct both_port *p = container_of(work, struct both_port, both_work);

	unregister_netdev(p->dev);
	free_netdev(p->dev);
}

void ok_both_del(struct both_port *p);
void ok_both_del(struct both_port *p)
{
	INIT_WORK(&p->both_work, ok_both_work);
	schedule_work(&p->both_work);
}
