// RUN: %check %s
// E.18 and the benign list of ND-I01: what drivers do after registration.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/pm_runtime.h>
#include <linux/rculist.h>

struct benign_priv {
	struct net_device *dev;
	struct list_head node;
	struct delayed_work poll;
	struct timer_list timer;
	unsigned long state;
	int port;
};

static LIST_HEAD(benign_devices);
static struct net_device *benign_last;

static void benign_poll(struct work_struct *work)
{
	struct benign_priv *priv = container_of(work, struct benign_priv, poll.work);

	netif_carrier_on(priv->dev);
}

static void benign_timer(struct timer_list *t)
{
	struct benign_priv *priv = from_timer(priv, t, timer);

	netif_carrier_on(priv->dev);
}

static netdev_tx_t benign_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops benign_ops = {
	.ndo_start_xmit = benign_xmit,
};

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct benign_priv));
	struct benign_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &benign_ops;
	INIT_DELAYED_WORK(&priv->poll, benign_poll);
	timer_setup(&priv->timer, benign_timer, 0);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	netif_carrier_off(dev);
	netif_stop_queue(dev);
	pci_set_drvdata(pdev, dev);
	set_bit(0, &priv->state);
	list_add_tail(&priv->node, &benign_devices);
	rcu_assign_pointer(benign_last, dev);
	schedule_delayed_work(&priv->poll, HZ);
	mod_timer(&priv->timer, jiffies + HZ);
	pm_runtime_put(&pdev->dev);
	netdev_info(dev, "port %d\n", priv->port);
	dev_info(&pdev->dev, "ready\n");
	return 0;
}

static void benign_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct benign_priv *priv = netdev_priv(dev);

	benign_last = NULL;
	list_del(&priv->node);
	unregister_netdev(dev);
	cancel_delayed_work_sync(&priv->poll);
	timer_delete_sync(&priv->timer);
	free_netdev(dev);
}

static struct pci_driver benign_driver = {
	.name = "benign",
	.probe = ok_probe,
	.remove = benign_remove,
};
module_pci_driver(benign_driver);
MODULE_LICENSE("GPL");
