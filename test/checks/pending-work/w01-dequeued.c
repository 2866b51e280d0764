// RUN: %check %s
// ND-W01: what is only taken off its queue may be running when the memory it is
// in goes. Each clock is freed by a function that another file calls.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>
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

/* The private area of a device: the core waits for a timer that does not arm
 * itself again.
 */
struct once_priv {
	struct net_device *dev;
	struct timer_list once, again;
};

static void once_fires(struct timer_list *t)
{
	struct once_priv *priv = from_timer(priv, t, once);

	netif_wake_queue(priv->dev);
}

static void again_fires(struct timer_list *t)
{
	struct once_priv *priv = from_timer(priv, t, again);

	netif_wake_queue(priv->dev);
	mod_timer(&priv->again, jiffies + HZ);
}

static int once_open(struct net_device *dev)
{
	struct once_priv *priv = netdev_priv(dev);

	mod_timer(&priv->once, jiffies + HZ);
	mod_timer(&priv->again, jiffies + HZ);
	return 0;
}

static int once_stop(struct net_device *dev)
{
	struct once_priv *priv = netdev_priv(dev);

	del_timer(&priv->once);
	del_timer(&priv->again); /* NOTE: does not wait */
	return 0;
}

static const struct net_device_ops once_ops = {
	.ndo_open = once_open,
	.ndo_stop = once_stop,
};

struct net_device *once_new(void)
{
	struct net_device *dev = alloc_netdev(sizeof(struct once_priv), "o%d",
					      NET_NAME_ENUM, ether_setup);
	struct once_priv *priv;

	if (!dev)
		return NULL;
	priv = netdev_priv(dev);
	priv->dev = dev;
	timer_setup(&priv->once, once_fires, 0);
	timer_setup(&priv->again, again_fires, 0);
	dev->netdev_ops = &once_ops;
	if (register_netdev(dev)) {
		free_netdev(dev);
		return NULL;
	}
	return dev;
}
EXPORT_SYMBOL(once_new);

void bad_once_free(struct net_device *dev)
{
	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: 'once_priv->again' (timer) may still run */
}
EXPORT_SYMBOL(bad_once_free);
