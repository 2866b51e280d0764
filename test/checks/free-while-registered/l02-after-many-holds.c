// RUN: %check %s
// ND-L02: what differs in a device is told apart where the references held
// differ in more ways than are followed.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <many-paths.h>

struct card {
	struct net_device *netdev, *a, *b, *c, *d, *e, *f;
};

extern struct card the_card;

static int card_add(struct card *c)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	if (register_netdev(dev)) {
		free_netdev(dev);
		return -EIO;
	}
	c->netdev = dev;
	return 0;
}

static void card_hold(struct card *c)
{
	if (card_read(1))
		dev_hold(c->a);
	if (card_read(2))
		dev_hold(c->b);
	if (card_read(3))
		dev_hold(c->c);
	if (card_read(4))
		dev_hold(c->d);
	if (card_read(5))
		dev_hold(c->e);
	if (card_read(6))
		dev_hold(c->f);
}

static int bad_probe(struct platform_device *pdev)
{
	struct card *c = &the_card;

	card_hold(c);
	if (card_read(7) && card_add(c))
		return -EIO;
	card_write(8);
	if (c->netdev)
		free_netdev(c->netdev); /* WARN: netdev-free-while-registered: while it is registered */
	return 0;
}

static int ok_probe(struct platform_device *pdev)
{
	struct card *c = &the_card;

	card_hold(c);
	if (card_read(7) && card_add(c))
		return -EIO;
	card_write(8);
	if (c->netdev) {
		unregister_netdev(c->netdev);
		free_netdev(c->netdev);
	}
	return 0;
}

static struct platform_driver bad_driver = {
	.probe = bad_probe,
};
static struct platform_driver ok_driver = {
	.probe = ok_probe,
};
struct platform_driver *huge_drivers[] = { &bad_driver, &ok_driver };
MODULE_LICENSE("GPL");
