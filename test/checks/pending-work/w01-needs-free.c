// RUN: %check %s
// With needs_free_netdev the memory goes in unregister_netdev(): the work must be
// cancelled in ndo_stop, ndo_uninit or priv_destructor.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

struct gone_priv {
	struct net_device *dev;
	struct work_struct reset;
};

static void gone_reset(struct work_struct *work)
{
	struct gone_priv *priv = container_of(work, struct gone_priv, reset);

	netif_wake_queue(priv->dev);
}

static void gone_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct gone_priv *priv = netdev_priv(dev);

	schedule_work(&priv->reset);
}

static const struct net_device_ops gone_ops = {
	.ndo_tx_timeout = gone_tx_timeout,
};

static void gone_setup(struct net_device *dev)
{
	struct gone_priv *priv = netdev_priv(dev);

	ether_setup(dev);
	priv->dev = dev;
	INIT_WORK(&priv->reset, gone_reset);
	dev->netdev_ops = &gone_ops;
	dev->needs_free_netdev = true;
}

struct good_priv {
	struct net_device *dev;
	struct work_struct reset;
};

static void good_reset(struct work_struct *work)
{
	struct good_priv *priv = container_of(work, struct good_priv, reset);

	netif_wake_queue(priv->dev);
}

static void good_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct good_priv *priv = netdev_priv(dev);

	schedule_work(&priv->reset);
}

static const struct net_device_ops good_ops = {
	.ndo_tx_timeout = good_tx_timeout,
};

static void good_destructor(struct net_device *dev)
{
	struct good_priv *priv = netdev_priv(dev);

	cancel_work_sync(&priv->reset);
}

static void good_setup(struct net_device *dev)
{
	struct good_priv *priv = netdev_priv(dev);

	ether_setup(dev);
	priv->dev = dev;
	INIT_WORK(&priv->reset, good_reset);
	dev->netdev_ops = &good_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = good_destructor;
}

static struct net_device *gone_dev;
static struct net_device *good_dev;

static struct net_device *gone_add(int size, void (*setup)(struct net_device *dev))
{
	struct net_device *dev;

	dev = alloc_netdev(size, "gone%d", NET_NAME_ENUM, setup);
	if (!dev)
		return NULL;
	if (register_netdev(dev)) {
		free_netdev(dev);
		return NULL;
	}
	return dev;
}

static int __init gone_init(void)
{
	gone_dev = gone_add(sizeof(struct gone_priv), gone_setup);
	if (!gone_dev)
		return -ENOMEM;
	good_dev = gone_add(sizeof(struct good_priv), good_setup);
	return 0;
}

static void ok_gone_del(void)
{
	if (good_dev)
		unregister_netdev(good_dev);
}

static void bad_gone_del(void)
{
	unregister_netdev(gone_dev); /* WARN: netdev-pending-work: reset */
}

static void __exit gone_exit(void)
{
	ok_gone_del();
	bad_gone_del();
}

module_init(gone_init);
module_exit(gone_exit);
MODULE_LICENSE("GPL");
