// RUN: %check %s
// ND-R04's good twin: the reference is dropped when NETDEV_UNREGISTER arrives.
#include <linux/module.h>
#include <linux/rtnetlink.h>

static struct net_device *lower;

static int ok_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (event == NETDEV_UNREGISTER && dev == lower) {
		lower = NULL;
		dev_put(dev);
	}
	return NOTIFY_DONE;
}

static struct notifier_block lower_nb = {
	.notifier_call = ok_event,
};

static int __init ok_init(void)
{
	int err;

	err = register_netdevice_notifier(&lower_nb);
	if (err)
		return err;
	lower = dev_get_by_name(&init_net, "eth0");
	if (!lower) {
		unregister_netdevice_notifier(&lower_nb);
		return -ENODEV;
	}
	return 0;
}

static void __exit ok_exit(void)
{
	struct net_device *dev;

	unregister_netdevice_notifier(&lower_nb);
	rtnl_lock();
	dev = lower;
	lower = NULL;
	rtnl_unlock();
	dev_put(dev);
}

module_init(ok_init);
module_exit(ok_exit);
MODULE_LICENSE("GPL");
