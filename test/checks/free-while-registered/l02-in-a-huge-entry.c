// RUN: %check %s
// ND-L02: what comes after more paths than can be told apart is looked at too.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <many-paths.h>

struct card {
	struct net_device *netdev, *a, *b, *c, *d, *e;
};

extern struct card the_card;

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
}

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

static int bad_probe(struct platform_device *pdev)
{
	struct card *c = &the_card;

	card_hold(c);
	TEST_512(6);
	TEST_512(7);
	if (card_add(c))
		return -EIO;
	if (card_read(8)) {
		free_netdev(c->netdev); /* WARN: netdev-free-while-registered: while it is registered */
		return -EIO;
	}
	return 0;
}

static int ok_probe(struct platform_device *pdev)
{
	struct card *c = &the_card;

	card_hold(c);
	TEST_512(6);
	TEST_512(7);
	if (card_add(c))
		return -EIO;
	if (card_read(8)) {
		unregister_netdev(c->netdev);
		free_netdev(c->netdev);
		return -EIO;
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
