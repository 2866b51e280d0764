// RUN: %check %s
// ND-R04: a reference is kept in a global, and nothing listens for
// NETDEV_UNREGISTER: the device can never go away.
#include <linux/module.h>
#include <linux/netdevice.h>

static struct net_device *lower;

static int __init bad_init(void)
{
	lower = dev_get_by_name(&init_net, "eth0"); /* WARN: netdev-notifier-missing-put: lower */
	if (!lower)
		return -ENODEV;
	return 0;
}

static void __exit ok_exit(void)
{
	dev_put(lower);
}

module_init(bad_init);
module_exit(ok_exit);
MODULE_LICENSE("GPL");
