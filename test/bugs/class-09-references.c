// RUN: %check %s
// Class 9: an entry is used again and its old reference is lost;
// nobody sees that without knowing that the entry was in use (fn_).
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

struct route9 {
	struct list_head node;
	struct net_device *dev;
	int target;
};

static LIST_HEAD(routes9);

int bad_flash(struct net_device *dev, int size);
int bad_flash(struct net_device *dev, int size)
{
	void *buf;

	dev_hold(dev);
	buf = kmalloc(size, GFP_KERNEL);
	if (!buf)
		return -ENOMEM; /* WARN: netdev-reference-leak: dev */
	kfree(buf);
	dev_put(dev);
	return 0;
}

int ok_flash(struct net_device *dev, int size);
int ok_flash(struct net_device *dev, int size)
{
	void *buf;

	buf = kmalloc(size, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	dev_hold(dev);
	kfree(buf);
	dev_put(dev);
	return 0;
}

int fn_reuse(struct route9 *rt, struct net_device *dev);
int fn_reuse(struct route9 *rt, struct net_device *dev)
{
	dev_hold(dev);
	rt->dev = dev; /* MISS: netdev-reference-leak: dev */
	return 0;
}

int ok_reuse(struct route9 *rt, struct net_device *dev);
int ok_reuse(struct route9 *rt, struct net_device *dev)
{
	dev_hold(dev);
	dev_put(rt->dev);
	rt->dev = dev;
	return 0;
}

void ok_drop(struct route9 *rt);
void ok_drop(struct route9 *rt)
{
	list_del(&rt->node);
	dev_put(rt->dev);
	kfree(rt);
}
