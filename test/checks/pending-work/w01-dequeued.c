// RUN: %check %s
// ND-W01: what is only taken off its queue may be running when the memory it is
// in goes. Each clock is freed by a function that another file calls.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct clock_a {
	struct net_device *dev;
	struct delayed_work sync;
};

static void a_sync(struct work_struct *work)
{
	struct clock_a *c = container_of(work, struct clock_a, sync.work);

	netif_wake_queue(c->dev);
	schedule_delayed_work(&c->sync, HZ);
}

struct clock_a *a_new(struct net_device *dev)
{
	struct clock_a *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->dev = dev;
	INIT_DELAYED_WORK(&c->sync, a_sync);
	schedule_delayed_work(&c->sync, HZ);
	return c;
}
EXPORT_SYMBOL(a_new);

void bad_a_free(struct clock_a *c)
{
	cancel_delayed_work(&c->sync); /* NOTE: does not wait */
	kfree(c); /* WARN: netdev-pending-work: 'clock_a->sync' may still run when 'kfree' */
}
EXPORT_SYMBOL(bad_a_free);

struct clock_b {
	struct net_device *dev;
	struct delayed_work sync;
};

static void b_sync(struct work_struct *work)
{
	struct clock_b *c = container_of(work, struct clock_b, sync.work);

	netif_wake_queue(c->dev);
	schedule_delayed_work(&c->sync, HZ);
}

struct clock_b *b_new(struct net_device *dev)
{
	struct clock_b *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->dev = dev;
	INIT_DELAYED_WORK(&c->sync, b_sync);
	schedule_delayed_work(&c->sync, HZ);
	return c;
}
EXPORT_SYMBOL(b_new);

void ok_b_free(struct clock_b *c)
{
	cancel_delayed_work_sync(&c->sync);
	kfree(c);
}
EXPORT_SYMBOL(ok_b_free);

/* What was queued holds a reference, which its handler drops. */
struct clock_c {
	struct net_device *dev;
	int users;
	struct work_struct sync;
};

static void c_put(struct clock_c *c)
{
	if (--c->users == 0)
		kfree(c);
}

static void c_sync(struct work_struct *work)
{
	struct clock_c *c = container_of(work, struct clock_c, sync);

	netif_wake_queue(c->dev);
	c_put(c);
}

struct clock_c *c_new(struct net_device *dev)
{
	struct clock_c *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->dev = dev;
	c->users = 2;
	INIT_WORK(&c->sync, c_sync);
	schedule_work(&c->sync);
	return c;
}
EXPORT_SYMBOL(c_new);

void ok_c_free(struct clock_c *c)
{
	if (cancel_work(&c->sync))
		c_put(c);
	c_put(c);
}
EXPORT_SYMBOL(ok_c_free);
