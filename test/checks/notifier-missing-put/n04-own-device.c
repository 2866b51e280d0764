// RUN: %check %s
// ND-N04: the device of an UNREGISTER event is being unregistered already.
#include <linux/module.h>
#include <linux/netdevice.h>

static int bad_unregister_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (event == NETDEV_UNREGISTER)
		unregister_netdevice(dev); /* WARN: netdev-notifier-missing-put: unregisters the device that NETDEV_UNREGISTER is sent for */
	return NOTIFY_DONE;
}

static int bad_free_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	switch (event) {
	case NETDEV_UNREGISTER:
		free_netdev(dev); /* WARN: netdev-notifier-missing-put: frees the device that NETDEV_UNREGISTER is sent for */
		break;
	}
	return NOTIFY_DONE;
}

/* A device of its own on top of that one. */
struct upper {
	struct list_head node;
	struct net_device *lower, *dev;
};
static LIST_HEAD(uppers);

static int ok_upper_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct upper *u;

	if (event != NETDEV_UNREGISTER)
		return NOTIFY_DONE;
	list_for_each_entry(u, &uppers, node)
		if (u->lower == dev)
			unregister_netdevice(u->dev);
	return NOTIFY_DONE;
}

/* Taken with one event, dropped with another. */
static int ok_pair_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (event == NETDEV_REGISTER)
		dev_hold(dev);
	else if (event == NETDEV_UNREGISTER)
		dev_put(dev);
	return NOTIFY_DONE;
}

static struct notifier_block unregister_nb = { .notifier_call = bad_unregister_event };
static struct notifier_block free_nb = { .notifier_call = bad_free_event };
static struct notifier_block upper_nb = { .notifier_call = ok_upper_event };
static struct notifier_block pair_nb = { .notifier_call = ok_pair_event };

static int __init own_init(void)
{
	int err = register_netdevice_notifier(&unregister_nb);

	if (err)
		return err;
	err = register_netdevice_notifier(&free_nb);
	if (err)
		goto undo_unregister;
	err = register_netdevice_notifier(&upper_nb);
	if (err)
		goto undo_free;
	err = register_netdevice_notifier(&pair_nb);
	if (err)
		goto undo_upper;
	return 0;

undo_upper:
	unregister_netdevice_notifier(&upper_nb);
undo_free:
	unregister_netdevice_notifier(&free_nb);
undo_unregister:
	unregister_netdevice_notifier(&unregister_nb);
	return err;
}

static void __exit own_exit(void)
{
	unregister_netdevice_notifier(&pair_nb);
	unregister_netdevice_notifier(&upper_nb);
	unregister_netdevice_notifier(&free_nb);
	unregister_netdevice_notifier(&unregister_nb);
}

module_init(own_init);
module_exit(own_exit);
