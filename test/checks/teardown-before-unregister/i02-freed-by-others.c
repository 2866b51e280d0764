// RUN: %check %s
// ND-I02: a handle that another module frees, as its name says, while callbacks may use it.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct queue;
struct queue *bus_alloc_queue(struct device *dev);
void bus_free_queue(struct queue *q);
void bus_set_destroy(struct queue *q, bool on);
int bus_send(struct queue *q, struct sk_buff *skb);

struct line {
	struct net_device *dev;
	struct queue *q;
};

static netdev_tx_t line_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct line *l = netdev_priv(dev);

	bus_send(l->q, skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops line_ops = { .ndo_start_xmit = line_xmit };

static int line_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct line));
	struct line *l;
	int err;

	if (!dev)
		return -ENOMEM;
	l = netdev_priv(dev);
	l->dev = dev;
	l->q = bus_alloc_queue(&pdev->dev);
	dev->netdev_ops = &line_ops;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		bus_free_queue(l->q);
		free_netdev(dev);
	}
	return err;
}

static void bad_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct line *l = netdev_priv(dev);

	bus_free_queue(l->q); /* WARN: netdev-teardown-before-unregister: bus_free_queue */
	unregister_netdev(dev);
	free_netdev(dev);
}

static struct platform_driver bad_driver = { .probe = line_probe, .remove = bad_remove };
module_platform_driver(bad_driver);

static void ok_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct line *l = netdev_priv(dev);

	bus_set_destroy(l->q, true);
	unregister_netdev(dev);
	bus_free_queue(l->q);
	free_netdev(dev);
}

static struct platform_driver ok_driver = { .probe = line_probe, .remove = ok_remove };
