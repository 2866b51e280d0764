// RUN: %check %s
// ND-L08: module exit is the end of what module init began.
#include <linux/etherdevice.h>
#include <linux/init.h>
#include <linux/module.h>

static struct net_device *only_dev;

static int __init only_init(void)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	only_dev = dev;
	return 0;
}

static void __exit bad_only_exit(void)
{
	unregister_netdev(only_dev);
} /* WARN: netdev-leak: the device is unregistered but never freed */

module_init(only_init);
module_exit(bad_only_exit);
