// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-L08: needs_free_netdev is set when register_netdev() has dropped the RTNL, and whoever unregisters in between
// leaves the device to the core.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <linux/platform_device.h>

struct late_card {
	struct net_device *dev;
};

static int bad_probe(struct platform_device *pdev)
{
	struct late_card *card = platform_get_drvdata(pdev);
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	dev->needs_free_netdev = true; /* WARN: netdev-leak: may have been unregistered already */
	card->dev = dev;
	return 0;
}

/* Under the RTNL of the registration nobody is faster. */
static int ok_probe(struct platform_device *pdev)
{
	struct late_card *card = platform_get_drvdata(pdev);
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	rtnl_lock();
	err = register_netdevice(dev);
	if (err) {
		rtnl_unlock();
		free_netdev(dev);
		return err;
	}
	dev->needs_free_netdev = true;
	card->dev = dev;
	rtnl_unlock();
	return 0;
}

static struct platform_driver bad_driver = { .probe = bad_probe };
static struct platform_driver ok_driver = { .probe = ok_probe };

static void late_dellink(struct net_device *dev, struct list_head *head)
{
	unregister_netdevice_queue(dev, head);
}

static struct rtnl_link_ops late_ops = {
	.kind = "late",
	.dellink = late_dellink,
};
