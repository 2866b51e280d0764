// RUN: %check %s
// ND-K04, E.24: a queue is waited for with all its work; a member of a record
// that is embedded twice is two things; a handler may say itself that it is
// waited for with the RTNL held.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct task {
	struct work_struct work;
	struct workqueue_struct *wq;
};

struct queue_priv {
	struct net_device *dev;
	struct task link;
	struct task stats;
	struct workqueue_struct *wq;
	struct workqueue_struct *calm_wq;
	struct work_struct blocking;
	struct work_struct calm;
	struct delayed_work mixed;
};

static void link_fn(struct work_struct *work)
{
	struct queue_priv *priv = container_of(work, struct queue_priv, link.work);

	rtnl_lock();
	netif_carrier_off(priv->dev);
	rtnl_unlock();
}

static void stats_fn(struct work_struct *work)
{
}

static void blocking_fn(struct work_struct *work)
{
	rtnl_lock(); /* NOTE: which waits for the RTNL in 'rtnl_lock' */
	rtnl_unlock();
}

static void calm_fn(struct work_struct *work)
{
}

/* Waits in one place only, having looked away in another. */
static void mixed_fn(struct work_struct *work)
{
	struct queue_priv *priv = container_of(work, struct queue_priv, mixed.work);

	if (netif_running(priv->dev)) {
		rtnl_lock(); /* NOTE: which waits for the RTNL */
		netif_carrier_off(priv->dev);
		rtnl_unlock();
		return;
	}
	if (!rtnl_trylock()) /* NOTE: takes care not to wait */
		return;
	netif_carrier_on(priv->dev);
	rtnl_unlock();
}

int queue_setup(struct queue_priv *priv);
int queue_setup(struct queue_priv *priv)
{
	INIT_WORK(&priv->link.work, link_fn);
	INIT_WORK(&priv->stats.work, stats_fn);
	INIT_WORK(&priv->blocking, blocking_fn);
	INIT_WORK(&priv->calm, calm_fn);
	INIT_DELAYED_WORK(&priv->mixed, mixed_fn);
	queue_work(priv->wq, &priv->blocking);
	queue_work(priv->calm_wq, &priv->calm);
	queue_work(priv->link.wq, &priv->link.work);
	queue_work(priv->stats.wq, &priv->stats.work);
	return 0;
}

static int bad_stop(struct net_device *dev)
{
	struct queue_priv *priv = netdev_priv(dev);

	flush_workqueue(priv->wq); /* WARN: netdev-rtnl-deadlock: blocking */
	destroy_workqueue(priv->link.wq); /* WARN: netdev-rtnl-deadlock: work */
	cancel_work_sync(&priv->link.work); /* WARN: netdev-rtnl-deadlock: link_fn */
	return 0;
}

static int ok_stop(struct net_device *dev)
{
	struct queue_priv *priv = netdev_priv(dev);

	flush_workqueue(priv->calm_wq);
	destroy_workqueue(priv->stats.wq);
	cancel_work_sync(&priv->stats.work);
	return 0;
}

/* Nobody in this file says that its callers hold the RTNL; the handler does. */
void bad_disable(struct queue_priv *priv);
void bad_disable(struct queue_priv *priv)
{
	cancel_delayed_work_sync(&priv->mixed); /* WARN: netdev-rtnl-deadlock: must not wait for the RTNL */
}

void ok_disable(struct queue_priv *priv);
void ok_disable(struct queue_priv *priv)
{
	cancel_work_sync(&priv->blocking);
}

const struct net_device_ops bad_queue_ops = { .ndo_stop = bad_stop };
const struct net_device_ops ok_queue_ops = { .ndo_stop = ok_stop };
