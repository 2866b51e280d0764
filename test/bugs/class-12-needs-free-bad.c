// RUN: %check %s
// Class 12: a dummy-like module whose setup sets needs_free_netdev, or not.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

static struct net_device *soft_dev;

static void soft_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int __init soft_init(void)
{
	int err;

	soft_dev = alloc_netdev(0, "soft%d", NET_NAME_ENUM, soft_setup);
	if (!soft_dev)
		return -ENOMEM;
	err = register_netdev(soft_dev);
	if (err)
		free_netdev(soft_dev);
	return err;
}

static void __exit bad_exit(void)
{
	unregister_netdev(soft_dev);
	free_netdev(soft_dev); /* WARN: netdev-free-with-needs-free */
}

module_init(soft_init);
module_exit(bad_exit);
MODULE_LICENSE("GPL");
