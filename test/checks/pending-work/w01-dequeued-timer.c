// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-W01: timers that are only taken off their queue.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/timer.h>

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
