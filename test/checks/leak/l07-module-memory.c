// RUN: %check %s
// ND-L07: a module whose init fails goes with its variables: nobody finds the
// devices that only these lead to.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>

static struct net_device *link_dev;

static void link_setup(struct net_device *dev)
{
	dev->mtu = 512;
}

static int __init bad_init(void)
{
	int err;

	link_dev = alloc_netdev(8, "link%d", NET_NAME_UNKNOWN, link_setup);
	if (!link_dev)
		return -ENOMEM;
	err = register_netdev(link_dev);
	return err; /* WARN: netdev-leak: the device is not freed after its registration failed */
}

static void __exit link_exit(void)
{
	unregister_netdev(link_dev);
	free_netdev(link_dev);
}

module_init(bad_init);
module_exit(link_exit);
MODULE_LICENSE("GPL");
