// RUN: %check %s
// ND-O07: a device must not be there before its link ops.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

static const struct net_device_ops first_netdev_ops;
static struct rtnl_link_ops first_ops;
static struct net_device *first_dev;

static void first_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &first_netdev_ops;
	dev->rtnl_link_ops = &first_ops;
	dev->needs_free_netdev = true;
}

static struct rtnl_link_ops first_ops = {
	.kind = "first",
	.setup = first_setup,
};

static int __init bad_init(void)
{
	int err;

	first_dev = alloc_netdev(0, "first%d", NET_NAME_ENUM, first_setup);
	if (!first_dev)
		return -ENOMEM;
	err = register_netdev(first_dev);
	if (err) {
		free_netdev(first_dev);
		return err;
	}
	err = rtnl_link_register(&first_ops); /* WARN: netdev-link-ops: before them */
	if (err)
		unregister_netdev(first_dev);
	return err;
}

static void __exit first_exit(void)
{
	rtnl_link_unregister(&first_ops);
}

module_init(bad_init);
module_exit(first_exit);
MODULE_LICENSE("GPL");
