// RUN: %check %s
// ND-O06, E.14, E.15: the core unregisters devices of link_ops behind the driver's
// back; who keeps a pointer and frees the memory himself does it twice.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

static struct net_device *own_dev;

static void bad_setup(struct net_device *dev) /* WARN: netdev-link-ops: needs_free_netdev */
{
	ether_setup(dev);
	dev->mtu = 1400;
}

static struct rtnl_link_ops own_ops = {
	.kind = "own",
	.setup = bad_setup,
};

static int __init own_init(void)
{
	int err;

	err = rtnl_link_register(&own_ops);
	if (err)
		return err;
	own_dev = alloc_netdev(0, "own%d", NET_NAME_ENUM, bad_setup);
	if (!own_dev) {
		err = -ENOMEM;
		goto err_ops;
	}
	own_dev->rtnl_link_ops = &own_ops;
	err = register_netdev(own_dev);
	if (err)
		goto err_free;
	return 0;

err_free:
	free_netdev(own_dev);
err_ops:
	rtnl_link_unregister(&own_ops);
	return err;
}

static void __exit own_exit(void)
{
	unregister_netdev(own_dev);
	free_netdev(own_dev);
	rtnl_link_unregister(&own_ops);
}

module_init(own_init);
module_exit(own_exit);
MODULE_LICENSE("GPL");
