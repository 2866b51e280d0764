// RUN: %check %s
// ND-R04: there is a notifier, but it only looks at NETDEV_DOWN.
#include <linux/module.h>
#include <linux/netdevice.h>

static struct net_device *lower;
static bool lower_up;

static int lower_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	switch (event) {
	case NETDEV_DOWN:
		if (dev == lower)
			lower_up = false;
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block lower_nb = {
	.notifier_call = lower_event,
};

static int __init bad_init(void)
{
	int err;

	err = register_netdevice_notifier(&lower_nb);
	if (err)
		return err;
	lower = dev_get_by_name(&init_net, "eth0"); /* WARN: netdev-notifier-missing-put: lower */
	if (!lower) {
		unregister_netdevice_notifier(&lower_nb);
		return -ENODEV;
	}
	lower_up = true;
	return 0;
}

static void __exit ok_exit(void)
{
	unregister_netdevice_notifier(&lower_nb);
	dev_put(lower);
}

module_init(bad_init);
module_exit(ok_exit);
MODULE_LICENSE("GPL");
