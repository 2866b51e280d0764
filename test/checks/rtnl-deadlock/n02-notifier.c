// RUN: %check %s
// ND-N02, ND-N03, ND-K11: notifiers are registered without RTNL, and their callback
// runs with it.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

static int bad_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (event == NETDEV_UP) {
		rtnl_lock(); /* WARN: netdev-rtnl-deadlock */
		netif_carrier_off(dev);
		rtnl_unlock();
	}
	return NOTIFY_DONE;
}

static void later_fn(struct work_struct *work)
{
	rtnl_lock();
	rtnl_unlock();
}

static DECLARE_WORK(later, later_fn);

static int ok_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	if (event == NETDEV_UP)
		schedule_work(&later);
	return NOTIFY_DONE;
}

static struct notifier_block bad_nb = { .notifier_call = bad_event };
static struct notifier_block ok_nb = { .notifier_call = ok_event };

static int __init ok_init(void)
{
	int err;

	err = register_netdevice_notifier(&bad_nb);
	if (err)
		return err;
	err = register_netdevice_notifier(&ok_nb);
	if (err)
		unregister_netdevice_notifier(&bad_nb);
	return err;
}

static void __exit bad_exit(void)
{
	rtnl_lock();
	unregister_netdevice_notifier(&ok_nb); /* WARN: netdev-rtnl-deadlock: unregister_netdevice_notifier */
	rtnl_unlock();
	unregister_netdevice_notifier(&bad_nb);
	cancel_work_sync(&later);
}

module_init(ok_init);
module_exit(bad_exit);
MODULE_LICENSE("GPL");
