// RUN: %check %s
// ND-W01: what devres frees behind remove may hold work that a callback of the device has queued.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct mac_a {
	struct net_device *dev;
	struct work_struct reset;
};

static void a_reset(struct work_struct *work)
{
	struct mac_a *m = container_of(work, struct mac_a, reset);

	netif_wake_queue(m->dev);
}

static void a_timeout(struct net_device *dev, unsigned int queue)
{
	struct mac_a **p = netdev_priv(dev);

	schedule_work(&(*p)->reset);
}

static const struct net_device_ops a_ops = { .ndo_tx_timeout = a_timeout };

static int a_probe(struct platform_device *pdev)
{
	struct mac_a *m, **p;
	int err;

	m = devm_kzalloc(&pdev->dev, sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	INIT_WORK(&m->reset, a_reset);
	m->dev = alloc_etherdev(sizeof(*p));
	if (!m->dev)
		return -ENOMEM;
	p = netdev_priv(m->dev);
	*p = m;
	m->dev->netdev_ops = &a_ops;
	platform_set_drvdata(pdev, m);
	err = register_netdev(m->dev);
	if (err) {
		cancel_work_sync(&m->reset);
		free_netdev(m->dev);
	}
	return err;
}

static void bad_remove(struct platform_device *pdev)
{
	struct mac_a *m = platform_get_drvdata(pdev);

	unregister_netdev(m->dev);
	free_netdev(m->dev);
} /* WARN: netdev-pending-work: 'mac_a->reset' may still be pending when 'devres' frees the memory it is in */

static struct platform_driver a_driver = { .probe = a_probe, .remove = bad_remove };
module_platform_driver(a_driver);
