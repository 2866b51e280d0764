// RUN: %check %s
// ND-L04: priv->netdev is the device whose private area priv is, also where probe may find one that is there already.
#include <linux/etherdevice.h>
#include <linux/list.h>
#include <linux/platform_device.h>

struct card {
	struct list_head list;
	struct net_device *netdev;
	int users;
};
static LIST_HEAD(cards);

struct card *card_find(struct device *dev);
int card_start(struct card *c);

static const struct net_device_ops card_ops = {};

static int card_probe(struct platform_device *pdev)
{
	struct net_device *net;
	struct card *c;
	int err;

	c = card_find(&pdev->dev);
	if (c) {
		net = c->netdev;
		goto have;
	}
	net = alloc_etherdev(sizeof(*c));
	if (!net)
		return -ENOMEM;
	c = netdev_priv(net);
	c->netdev = net;
	net->netdev_ops = &card_ops;
	err = register_netdev(net);
	if (err) {
		free_netdev(net);
		return err;
	}
	list_add(&c->list, &cards);
have:
	c->users++;
	platform_set_drvdata(pdev, c);
	return 0;
}

static void bad_remove(struct platform_device *pdev)
{
	struct card *c = platform_get_drvdata(pdev);
	struct net_device *net = c->netdev;

	if (--c->users)
		return;
	unregister_netdev(net);
	free_netdev(net);
	list_del(&c->list); /* WARN: netdev-use-after-free: freed */
}

static struct platform_driver bad_driver = { .probe = card_probe, .remove = bad_remove };
module_platform_driver(bad_driver);

static void ok_remove(struct platform_device *pdev)
{
	struct card *c = platform_get_drvdata(pdev);
	struct net_device *net = c->netdev;

	if (--c->users)
		return;
	unregister_netdev(net);
	list_del(&c->list);
	free_netdev(net);
}

static struct platform_driver ok_driver = { .probe = card_probe, .remove = ok_remove };
