// RUN: %check %s
// ND-I02: a function that unregisters a device, then frees what it used, and
// runs for one port after the other.
/* OPTIONS: --precision=medium */
#include <linux/etherdevice.h>
#include <linux/slab.h>

struct port {
	struct net_device *dev;
	void *stats;
};

struct card {
	struct port **ports;
	int num;
};

static netdev_tx_t port_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct port *p = netdev_priv(dev);

	*(int *)p->stats = 1;
	kfree_skb(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops port_ops = {
	.ndo_start_xmit = port_xmit,
};

static int port_create(struct card *card, int i)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct port));
	struct port *p;
	int err;

	if (!dev)
		return -ENOMEM;
	p = netdev_priv(dev);
	p->dev = dev;
	p->stats = kzalloc(16, GFP_KERNEL);
	if (!p->stats) {
		err = -ENOMEM;
		goto out_free;
	}
	dev->netdev_ops = &port_ops;
	card->ports[i] = p;
	err = register_netdev(dev);
	if (err)
		goto out_stats;
	return 0;
out_stats:
	card->ports[i] = NULL;
	kfree(p->stats);
out_free:
	free_netdev(dev);
	return err;
}

static void ok_each_port_remove(struct card *card, int i)
{
	struct port *p = card->ports[i];

	unregister_netdev(p->dev);
	card->ports[i] = NULL;
	kfree(p->stats);
	free_netdev(p->dev);
}

static void ports_remove(struct card *card)
{
	int i;

	for (i = 1; i < card->num; i++)
		if (card->ports[i])
			ok_each_port_remove(card, i);
	kfree(card->ports);
}

int port_make(struct card *card, int i); /* in another file */

int ports_again(struct card *card, int i)
{
	int err;

	ok_each_port_remove(card, i);
	err = port_make(card, i);
	if (err)
		return err;
	ok_each_port_remove(card, i);
	return 0;
}

void ports_done(struct card *card)
{
	ports_remove(card);
}
