// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-R04: what a helper makes and puts on a list keeps a reference. No name
// leads there when the helper returns, but the device is kept all the same.
#include <linux/list.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

struct holder {
	struct list_head node;
	struct net_device *dev;
};

static LIST_HEAD(holders);

static int bad_add(struct net_device *dev)
{
	struct holder *h = kzalloc(sizeof(*h), GFP_KERNEL);

	if (!h)
		return -ENOMEM;
	dev_hold(dev); /* WARN: netdev-notifier-missing-put: the reference kept in 'holder->dev' */
	h->dev = dev;
	list_add(&h->node, &holders);
	return 0;
}

static int ok_ask(struct net_device *dev)
{
	struct holder *h = kzalloc(sizeof(*h), GFP_KERNEL);

	if (!h)
		return -ENOMEM;
	dev_hold(dev);
	h->dev = dev;
	dev_put(h->dev);
	kfree(h);
	return 0;
}

int holder_attach(struct net_device *dev)
{
	int err = ok_ask(dev);

	return err ? err : bad_add(dev);
}
EXPORT_SYMBOL(holder_attach);

void holder_detach_all(void)
{
	struct holder *h, *next;

	list_for_each_entry_safe(h, next, &holders, node) {
		list_del(&h->node);
		dev_put(h->dev);
		kfree(h);
	}
}
EXPORT_SYMBOL(holder_detach_all);
MODULE_LICENSE("GPL");
