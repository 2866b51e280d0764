// RUN: %check %s
// ND-I06: a callback uses an object that nothing initialises.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct never_priv {
	spinlock_t tx_lock;
	struct mutex config;
	atomic_t users;
	void *ring;
};

struct whole_priv {
	spinlock_t tx_lock;
	atomic_t users;
	void *ring;
};

static netdev_tx_t never_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct never_priv *priv = netdev_priv(dev);

	spin_lock(&priv->tx_lock);
	dev->stats.tx_packets++;
	spin_unlock(&priv->tx_lock);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops never_ops = {
	.ndo_start_xmit = never_xmit,
};

static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct never_priv)); /* WARN: netdev-work-after-register: 'never_priv->tx_lock' is used by 'ndo_start_xmit' */
	struct never_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	mutex_init(&priv->config);
	dev->netdev_ops = &never_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static netdev_tx_t whole_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct whole_priv *priv = netdev_priv(dev);

	spin_lock(&priv->tx_lock);
	dev->stats.tx_packets++;
	spin_unlock(&priv->tx_lock);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

/* A counter and a pointer that is tested: zero is their initial state. */
static int whole_open(struct net_device *dev)
{
	struct whole_priv *priv = netdev_priv(dev);

	atomic_inc(&priv->users);
	if (!priv->ring)
		priv->ring = kzalloc(64, GFP_KERNEL);
	return priv->ring ? 0 : -ENOMEM;
}

static int whole_stop(struct net_device *dev)
{
	struct whole_priv *priv = netdev_priv(dev);

	atomic_dec(&priv->users);
	kfree(priv->ring);
	priv->ring = NULL;
	return 0;
}

static const struct net_device_ops whole_ops = {
	.ndo_open = whole_open,
	.ndo_stop = whole_stop,
	.ndo_start_xmit = whole_xmit,
};

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct whole_priv));
	struct whole_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	spin_lock_init(&priv->tx_lock);
	dev->netdev_ops = &whole_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static void never_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver bad_driver = {
	.name = "bad",
	.probe = bad_probe,
	.remove = never_remove,
};

struct pci_driver ok_driver = {
	.name = "ok",
	.probe = ok_probe,
	.remove = never_remove,
};

/* The helper that initialises it stands in another file of the module. */
struct far_priv {
	spinlock_t tx_lock;
	struct mutex config;
};

void far_init(struct far_priv *priv);

static netdev_tx_t far_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct far_priv *priv = netdev_priv(dev);

	spin_lock(&priv->tx_lock);
	spin_unlock(&priv->tx_lock);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops far_ops = {
	.ndo_start_xmit = far_xmit,
};

static int ok_far_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct far_priv));
	struct far_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	mutex_init(&priv->config);
	far_init(priv);
	dev->netdev_ops = &far_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

struct pci_driver ok_far_driver = {
	.name = "far",
	.probe = ok_far_probe,
	.remove = never_remove,
};

/* None of its kind is made ready here: all of it may be elsewhere. */
struct bare_priv {
	spinlock_t tx_lock;
};

static netdev_tx_t bare_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct bare_priv *priv = netdev_priv(dev);

	spin_lock(&priv->tx_lock);
	spin_unlock(&priv->tx_lock);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops bare_ops = {
	.ndo_start_xmit = bare_xmit,
};

static int fn_bare_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct bare_priv)); /* MISS: netdev-work-after-register: tx_lock */
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &bare_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

struct pci_driver bare_driver = {
	.name = "bare",
	.probe = fn_bare_probe,
	.remove = never_remove,
};
