// RUN: %check %s
// ND-I01 (a): an initialiser after registration of what a callback uses.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

struct late_priv {
	struct net_device *dev;
	struct work_struct reset;
	struct delayed_work stats;
	struct timer_list watchdog;
	struct napi_struct napi;
	struct workqueue_struct *wq;
	spinlock_t lock;
	struct mutex cfg;
	struct sk_buff_head queue;
	void *ring;
};

static void late_reset(struct work_struct *work)
{
	struct late_priv *priv = container_of(work, struct late_priv, reset);

	netif_wake_queue(priv->dev);
}

static void late_stats(struct work_struct *work)
{
	struct late_priv *priv = container_of(work, struct late_priv, stats.work);

	netif_carrier_on(priv->dev);
}

static void late_watchdog(struct timer_list *t)
{
	struct late_priv *priv = from_timer(priv, t, watchdog);

	netif_carrier_on(priv->dev);
}

static int late_poll(struct napi_struct *napi, int budget)
{
	napi_complete_done(napi, 0);
	return 0;
}

/* Each callback uses one member only, so that each probe has one fault. */
static int work_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int work_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

static netdev_tx_t work_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static void work_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct late_priv *priv = netdev_priv(dev);

	schedule_work(&priv->reset);
}

static const struct net_device_ops work_ops = {
	.ndo_open = work_open,
	.ndo_stop = work_stop,
	.ndo_start_xmit = work_xmit,
	.ndo_tx_timeout = work_tx_timeout,
};

static int bad_work_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &work_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev); /* NOTE: register */
	if (err) {
		free_netdev(dev);
		return err;
	}
	INIT_WORK(&priv->reset, late_reset); /* WARN: netdev-work-after-register: reset */
	return 0;
}

static int ok_work_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &work_ops;
	pci_set_drvdata(pdev, dev);
	INIT_WORK(&priv->reset, late_reset);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static void work_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct late_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work_sync(&priv->reset);
	free_netdev(dev);
}

struct pci_driver bad_work_driver = {
	.name = "bad_work",
	.probe = bad_work_probe,
	.remove = work_remove,
};

struct pci_driver ok_work_driver = {
	.name = "ok_work",
	.probe = ok_work_probe,
	.remove = work_remove,
};

static netdev_tx_t lock_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct late_priv *priv = netdev_priv(dev);

	spin_lock(&priv->lock);
	dev->stats.tx_packets++;
	spin_unlock(&priv->lock);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops lock_ops = {
	.ndo_start_xmit = lock_xmit,
};

static int bad_lock_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &lock_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	spin_lock_init(&priv->lock); /* WARN: netdev-work-after-register: lock */
	return 0;

err_free:
	free_netdev(dev);
	return err;
}

static int ok_lock_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &lock_ops;
	pci_set_drvdata(pdev, dev);
	spin_lock_init(&priv->lock);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	return 0;

err_free:
	free_netdev(dev);
	return err;
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver bad_lock_driver = {
	.name = "bad_lock",
	.probe = bad_lock_probe,
	.remove = plain_remove,
};

struct pci_driver ok_lock_driver = {
	.name = "ok_lock",
	.probe = ok_lock_probe,
	.remove = plain_remove,
};

static int napi_open(struct net_device *dev)
{
	struct late_priv *priv = netdev_priv(dev);

	napi_enable(&priv->napi);
	return 0;
}

static int napi_stop(struct net_device *dev)
{
	struct late_priv *priv = netdev_priv(dev);

	napi_disable(&priv->napi);
	return 0;
}

static const struct net_device_ops napi_ops = {
	.ndo_open = napi_open,
	.ndo_stop = napi_stop,
};

static int bad_napi_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &napi_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	netif_napi_add(dev, &priv->napi, late_poll); /* WARN: netdev-work-after-register: napi */
	return 0;
}

static int ok_napi_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &napi_ops;
	pci_set_drvdata(pdev, dev);
	netif_napi_add(dev, &priv->napi, late_poll);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

struct pci_driver bad_napi_driver = {
	.name = "bad_napi",
	.probe = bad_napi_probe,
	.remove = plain_remove,
};

struct pci_driver ok_napi_driver = {
	.name = "ok_napi",
	.probe = ok_napi_probe,
	.remove = plain_remove,
};

static int timer_open(struct net_device *dev)
{
	struct late_priv *priv = netdev_priv(dev);

	mod_timer(&priv->watchdog, jiffies + HZ);
	schedule_delayed_work(&priv->stats, HZ);
	return 0;
}

static int timer_stop(struct net_device *dev)
{
	struct late_priv *priv = netdev_priv(dev);

	timer_delete_sync(&priv->watchdog);
	cancel_delayed_work_sync(&priv->stats);
	return 0;
}

static const struct net_device_ops timer_ops = {
	.ndo_open = timer_open,
	.ndo_stop = timer_stop,
};

static int bad_timer_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &timer_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	timer_setup(&priv->watchdog, late_watchdog, 0); /* WARN: netdev-work-after-register: watchdog */
	INIT_DELAYED_WORK(&priv->stats, late_stats); /* WARN: netdev-work-after-register: stats */
	return 0;
}

static int ok_timer_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &timer_ops;
	pci_set_drvdata(pdev, dev);
	timer_setup(&priv->watchdog, late_watchdog, 0);
	INIT_DELAYED_WORK(&priv->stats, late_stats);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

struct pci_driver bad_timer_driver = {
	.name = "bad_timer",
	.probe = bad_timer_probe,
	.remove = plain_remove,
};

struct pci_driver ok_timer_driver = {
	.name = "ok_timer",
	.probe = ok_timer_probe,
	.remove = plain_remove,
};

/* The initialiser stands in a helper called after registration. */
static void bad_helper_init(struct late_priv *priv)
{
	mutex_init(&priv->cfg); /* WARN: netdev-work-after-register: cfg */
}

static void ok_helper_init(struct late_priv *priv)
{
	mutex_init(&priv->cfg);
}

static int cfg_open(struct net_device *dev)
{
	struct late_priv *priv = netdev_priv(dev);

	mutex_lock(&priv->cfg);
	netif_start_queue(dev);
	mutex_unlock(&priv->cfg);
	return 0;
}

static const struct net_device_ops cfg_ops = {
	.ndo_open = cfg_open,
};

static int late_helper_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &cfg_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	bad_helper_init(netdev_priv(dev));
	return 0;
}

static int early_helper_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &cfg_ops;
	pci_set_drvdata(pdev, dev);
	ok_helper_init(netdev_priv(dev));
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

struct pci_driver bad_helper_driver = {
	.name = "bad_helper",
	.probe = late_helper_probe,
	.remove = plain_remove,
};

struct pci_driver ok_helper_driver = {
	.name = "ok_helper",
	.probe = early_helper_probe,
	.remove = plain_remove,
};

/* A callback queues work on a queue that is made after registration. */
static void queue_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct late_priv *priv = netdev_priv(dev);

	queue_work(priv->wq, &priv->reset);
}

static const struct net_device_ops queue_ops = {
	.ndo_tx_timeout = queue_tx_timeout,
};

static int bad_queue_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &queue_ops;
	pci_set_drvdata(pdev, dev);
	INIT_WORK(&priv->reset, late_reset);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	priv->wq = alloc_workqueue("late", 0, 0); /* WARN: netdev-work-after-register: wq */
	if (!priv->wq) {
		err = -ENOMEM;
		goto err_unregister;
	}
	return 0;

err_unregister:
	unregister_netdev(dev);
err_free:
	free_netdev(dev);
	return err;
}

static int ok_queue_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late_priv));
	struct late_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &queue_ops;
	pci_set_drvdata(pdev, dev);
	INIT_WORK(&priv->reset, late_reset);
	priv->wq = alloc_workqueue("late", 0, 0);
	if (!priv->wq) {
		err = -ENOMEM;
		goto err_free;
	}
	err = register_netdev(dev);
	if (err)
		goto err_destroy;
	return 0;

err_destroy:
	destroy_workqueue(priv->wq);
err_free:
	free_netdev(dev);
	return err;
}

static void queue_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct late_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	destroy_workqueue(priv->wq);
	free_netdev(dev);
}

struct pci_driver bad_queue_driver = {
	.name = "bad_queue",
	.probe = bad_queue_probe,
	.remove = queue_remove,
};

struct pci_driver ok_queue_driver = {
	.name = "ok_queue",
	.probe = ok_queue_probe,
	.remove = queue_remove,
};
