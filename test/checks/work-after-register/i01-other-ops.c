// RUN: %check %s
// Two kinds of device share one structure; only the callbacks of the kind that is
// registered can use a member of it.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct kind_priv {
	spinlock_t lock;
	struct mutex cfg;
};

static netdev_tx_t lock_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct kind_priv *priv = netdev_priv(dev);

	spin_lock(&priv->lock);
	dev->stats.tx_packets++;
	spin_unlock(&priv->lock);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops lock_ops = {
	.ndo_start_xmit = lock_xmit,
};

static int cfg_open(struct net_device *dev)
{
	struct kind_priv *priv = netdev_priv(dev);

	mutex_lock(&priv->cfg);
	netif_start_queue(dev);
	mutex_unlock(&priv->cfg);
	return 0;
}

static const struct net_device_ops cfg_ops = {
	.ndo_open = cfg_open,
};

static int ok_lock_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct kind_priv));
	struct kind_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &lock_ops;
	pci_set_drvdata(pdev, dev);
	spin_lock_init(&priv->lock);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	mutex_init(&priv->cfg);
	return 0;
}

static int bad_cfg_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct kind_priv));
	struct kind_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &cfg_ops;
	pci_set_drvdata(pdev, dev);
	spin_lock_init(&priv->lock);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	mutex_init(&priv->cfg); /* WARN: netdev-work-after-register: cfg */
	return 0;
}

static void kind_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver lock_driver = { .probe = ok_lock_probe, .remove = kind_remove };
struct pci_driver cfg_driver = { .probe = bad_cfg_probe, .remove = kind_remove };
