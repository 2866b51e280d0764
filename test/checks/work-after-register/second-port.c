// RUN: %check %s
// What belongs to the second port is initialised before that port is registered,
// although the first one is registered already. A device that is detached, or
// whose ndo_open refuses until it is ready, is initialised in time as well.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct port {
	struct net_device *dev;
	spinlock_t lock;
};

struct card {
	struct net_device *ports[2];
};

static netdev_tx_t port_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct port *port = netdev_priv(dev);

	spin_lock(&port->lock);
	dev->stats.tx_packets++;
	spin_unlock(&port->lock);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops port_ops = {
	.ndo_start_xmit = port_xmit,
};

static struct net_device *port_add(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct port));
	struct port *port;

	if (!dev)
		return NULL;
	port = netdev_priv(dev);
	port->dev = dev;
	spin_lock_init(&port->lock);
	dev->netdev_ops = &port_ops;
	if (register_netdev(dev)) {
		free_netdev(dev);
		return NULL;
	}
	return dev;
}

static void port_del(struct net_device *dev)
{
	unregister_netdev(dev);
	free_netdev(dev);
}

static int ok_two_ports_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);

	if (!card)
		return -ENOMEM;
	card->ports[0] = port_add();
	if (!card->ports[0])
		goto err_card;
	card->ports[1] = port_add();
	if (!card->ports[1])
		goto err_first;
	pci_set_drvdata(pdev, card);
	return 0;

err_first:
	port_del(card->ports[0]);
err_card:
	kfree(card);
	return -ENOMEM;
}

static int ok_loop_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int i;

	if (!card)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(card->ports); i++) {
		card->ports[i] = port_add();
		if (!card->ports[i])
			goto err_ports;
	}
	pci_set_drvdata(pdev, card);
	return 0;

err_ports:
	while (i--)
		port_del(card->ports[i]);
	kfree(card);
	return -ENOMEM;
}

static void two_ports_remove(struct pci_dev *pdev)
{
	struct card *card = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < ARRAY_SIZE(card->ports); i++)
		port_del(card->ports[i]);
	kfree(card);
}

struct pci_driver ok_two_ports_driver = {
	.name = "two_ports",
	.probe = ok_two_ports_probe,
	.remove = two_ports_remove,
};

struct pci_driver ok_loop_driver = {
	.name = "loop",
	.probe = ok_loop_probe,
	.remove = two_ports_remove,
};

struct gate_priv {
	struct mutex lock;
	bool ready;
};

static int gate_open(struct net_device *dev)
{
	struct gate_priv *priv = netdev_priv(dev);

	if (!priv->ready)
		return -EBUSY;
	mutex_lock(&priv->lock);
	netif_start_queue(dev);
	mutex_unlock(&priv->lock);
	return 0;
}

static const struct net_device_ops gate_ops = {
	.ndo_open = gate_open,
};

/* ndo_open tests a flag that is set last: it is not followed. */
static int fp_ready_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct gate_priv));
	struct gate_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &gate_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	mutex_init(&priv->lock); /* WARN: netdev-work-after-register: lock */
	priv->ready = true;
	return 0;
}

struct shut_priv {
	struct mutex lock;
};

static int shut_open(struct net_device *dev)
{
	struct shut_priv *priv = netdev_priv(dev);

	mutex_lock(&priv->lock);
	netif_start_queue(dev);
	mutex_unlock(&priv->lock);
	return 0;
}

static const struct net_device_ops shut_ops = {
	.ndo_open = shut_open,
};

static int ok_detached_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct shut_priv));
	struct shut_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &shut_ops;
	pci_set_drvdata(pdev, dev);
	netif_device_detach(dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	mutex_init(&priv->lock);
	netif_device_attach(dev);
	return 0;
}

static int bad_attached_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct shut_priv));
	struct shut_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->netdev_ops = &shut_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	mutex_init(&priv->lock); /* WARN: netdev-work-after-register: lock */
	netif_device_attach(dev);
	return 0;
}

static void gate_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver ok_ready_driver = {
	.name = "ready",
	.probe = fp_ready_probe,
	.remove = gate_remove,
};

struct pci_driver ok_detached_driver = {
	.name = "detached",
	.probe = ok_detached_probe,
	.remove = gate_remove,
};

struct pci_driver bad_attached_driver = {
	.name = "attached",
	.probe = bad_attached_probe,
	.remove = gate_remove,
};
