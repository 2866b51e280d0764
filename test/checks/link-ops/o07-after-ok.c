// RUN: %check %s
// ND-O07: a driver's own device goes before the link ops it has, or is left to rtnl_link_unregister().
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

static struct net_device *after_dev;

static void after_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static struct rtnl_link_ops after_ops = {
	.kind = "after",
	.setup = after_setup,
};

static int __init after_init(void)
{
	int err;

	err = rtnl_link_register(&after_ops);
	if (err)
		return err;
	after_dev = alloc_netdev(0, "after%d", NET_NAME_UNKNOWN, after_setup);
	if (!after_dev) {
		err = -ENOMEM;
		goto out;
	}
	after_dev->rtnl_link_ops = &after_ops;
	err = register_netdev(after_dev);
	if (err)
		goto out_free;
	return 0;

out_free:
	free_netdev(after_dev);
out:
	rtnl_link_unregister(&after_ops);
	return err;
}

static void __exit ok_exit(void)
{
	unregister_netdev(after_dev);
	rtnl_link_unregister(&after_ops);
}

module_init(after_init);
module_exit(ok_exit);
MODULE_LICENSE("GPL");
