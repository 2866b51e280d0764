// RUN: %check %s
// ND-I01: what only ndo_stop() needs, or an interrupt that ndo_open() requests: the device may be opened and closed
// before probe comes to the initialisation. Whether probe's caller holds the RTNL is not known of this bus, but
// register_netdev() takes it.
#include <linux/etherdevice.h>
#include <linux/workqueue.h>

struct line_device {
	void *data;
};

struct line_driver {
	int (*probe)(struct line_device *line);
};

int line_register(struct line_driver *drv);

struct stop_priv {
	struct net_device *dev;
	struct work_struct tx_work;
};

static void stop_work(struct work_struct *work)
{
	struct stop_priv *p = container_of(work, struct stop_priv, tx_work);

	netif_wake_queue(p->dev);
}

static int stop_stop(struct net_device *dev)
{
	struct stop_priv *p = netdev_priv(dev);

	cancel_work_sync(&p->tx_work);
	return 0;
}

static const struct net_device_ops stop_ops = { .ndo_stop = stop_stop };

static int bad_stop_probe(struct line_device *line)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct stop_priv));
	struct stop_priv *p;
	int err;

	if (!dev)
		return -ENOMEM;
	p = netdev_priv(dev);
	p->dev = dev;
	dev->netdev_ops = &stop_ops;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	INIT_WORK(&p->tx_work, stop_work); /* WARN: netdev-work-after-register: 'ndo_stop' may use it before */
	line->data = dev;
	return 0;
}

/* ndo_open() makes it ready for itself. */
struct both_priv {
	struct net_device *dev;
	struct work_struct tx_work;
};

static void both_work(struct work_struct *work)
{
	struct both_priv *p = container_of(work, struct both_priv, tx_work);

	netif_wake_queue(p->dev);
}

static int both_open(struct net_device *dev)
{
	struct both_priv *p = netdev_priv(dev);

	INIT_WORK(&p->tx_work, both_work);
	return 0;
}

static int both_stop(struct net_device *dev)
{
	struct both_priv *p = netdev_priv(dev);

	cancel_work_sync(&p->tx_work);
	return 0;
}

static const struct net_device_ops both_ops = { .ndo_open = both_open, .ndo_stop = both_stop };

static int ok_both_probe(struct line_device *line)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct both_priv));
	struct both_priv *p;
	int err;

	if (!dev)
		return -ENOMEM;
	p = netdev_priv(dev);
	p->dev = dev;
	dev->netdev_ops = &both_ops;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	INIT_WORK(&p->tx_work, both_work);
	line->data = dev;
	return 0;
}

static struct line_driver bad_driver = { .probe = bad_stop_probe };
static struct line_driver both_driver = { .probe = ok_both_probe };

int lines_init(void);
int lines_init(void)
{
	return line_register(&bad_driver) ?: line_register(&both_driver);
}
