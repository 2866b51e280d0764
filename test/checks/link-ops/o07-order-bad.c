// RUN: %check %s
// ND-O07: link_ops are registered before devices that use them, and are unregistered
// when a later step of module init fails.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

static void order_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int order_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	return NOTIFY_DONE;
}

static struct notifier_block order_nb = { .notifier_call = order_event };
static struct rtnl_link_ops order_ops = {
	.kind = "order",
	.setup = order_setup,
};

static int __init bad_init(void)
{
	int err;

	err = rtnl_link_register(&order_ops);
	if (err)
		return err;
	err = register_netdevice_notifier(&order_nb);
	if (err) {
		pr_err("no notifier\n");
		return err; /* WARN: netdev-link-ops: order_ops */
	}
	return 0;
}

static void __exit order_exit(void)
{
	unregister_netdevice_notifier(&order_nb);
	rtnl_link_unregister(&order_ops);
}

module_init(bad_init);
module_exit(order_exit);
MODULE_LICENSE("GPL");
