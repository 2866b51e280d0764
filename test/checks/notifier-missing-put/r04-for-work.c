// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-R04: the reference that queued work keeps is the work's matter, however
// often the helper is called; what a helper keeps and nobody is told of is not.
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct probe {
	struct work_struct work;
	struct net_device *dev;
};

static void probe_work(struct work_struct *work)
{
	struct probe *p = container_of(work, struct probe, work);

	dev_put(p->dev);
	kfree(p);
}

static void ok_queue(struct net_device *dev)
{
	struct probe *p = kmalloc(sizeof(*p), GFP_ATOMIC);

	if (!p)
		return;
	INIT_WORK(&p->work, probe_work);
	dev_hold(dev);
	p->dev = dev;
	schedule_work(&p->work);
}

struct holder {
	struct holder *next;
	struct net_device *dev;
};

static struct holder *first;

static int bad_keep(struct net_device *dev)
{
	struct holder *h = kzalloc(sizeof(*h), GFP_KERNEL);

	if (!h)
		return -ENOMEM;
	dev_hold(dev); /* WARN: netdev-notifier-missing-put: the reference kept in 'holder->dev' */
	h->dev = dev;
	h->next = first;
	rcu_assign_pointer(first, h);
	return 0;
}

int probe_both(struct net_device *one, struct net_device *two)
{
	ok_queue(one);
	ok_queue(two);
	ok_queue(one);
	return bad_keep(two);
}
EXPORT_SYMBOL(probe_both);

void probe_forget(void)
{
	struct holder *h;

	while ((h = first)) {
		first = h->next;
		dev_put(h->dev);
		kfree(h);
	}
}
EXPORT_SYMBOL(probe_forget);
MODULE_LICENSE("GPL");
