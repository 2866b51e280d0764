// RUN: %check %s
// E.25, ND-N04: NETDEV_UNREGISTER comes for devices of others, again, and for
// devices that stay: only what the module took may be dropped.
#include <linux/module.h>
#include <linux/netdevice.h>

struct watch {
	struct list_head node;
	struct net_device *dev;
};

static struct net_device *held;
static LIST_HEAD(watches);

static int bad_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	switch (event) {
	case NETDEV_UNREGISTER:
		dev_put(dev); /* WARN: netdev-notifier-missing-put: nothing here asks whether one was taken */
		break;
	}
	return NOTIFY_DONE;
}

static int ok_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	switch (event) {
	case NETDEV_UNREGISTER:
		if (dev != held)
			break;
		held = NULL;
		dev_put(dev);
		break;
	}
	return NOTIFY_DONE;
}

/* A look-up in the module's own list tests whose it is. */
static int ok_list_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct watch *w, *tmp;

	if (event != NETDEV_UNREGISTER)
		return NOTIFY_DONE;
	list_for_each_entry_safe(w, tmp, &watches, node) {
		if (w->dev != dev)
			continue;
		list_del(&w->node);
		dev_put(w->dev);
		kfree(w);
	}
	return NOTIFY_DONE;
}

static struct notifier_block bad_nb = { .notifier_call = bad_event };
static struct notifier_block ok_nb = { .notifier_call = ok_event };
static struct notifier_block list_nb = { .notifier_call = ok_list_event };

int watch_add(const char *name);
int watch_add(const char *name)
{
	struct watch *w = kzalloc(sizeof(*w), GFP_KERNEL);

	if (!w)
		return -ENOMEM;
	w->dev = dev_get_by_name(&init_net, name);
	if (!w->dev) {
		kfree(w);
		return -ENODEV;
	}
	list_add(&w->node, &watches);
	return 0;
}

static int __init event_init(void)
{
	int err;

	err = register_netdevice_notifier(&bad_nb);
	if (err)
		return err;
	err = register_netdevice_notifier(&ok_nb);
	if (err)
		goto err_bad;
	err = register_netdevice_notifier(&list_nb);
	if (err)
		goto err_ok;
	held = dev_get_by_name(&init_net, "eth0");
	return 0;

err_ok:
	unregister_netdevice_notifier(&ok_nb);
err_bad:
	unregister_netdevice_notifier(&bad_nb);
	return err;
}

static void __exit event_exit(void)
{
	struct watch *w, *tmp;

	unregister_netdevice_notifier(&list_nb);
	unregister_netdevice_notifier(&ok_nb);
	unregister_netdevice_notifier(&bad_nb);
	list_for_each_entry_safe(w, tmp, &watches, node) {
		list_del(&w->node);
		dev_put(w->dev);
		kfree(w);
	}
	dev_put(held);
	held = NULL;
}

module_init(event_init);
module_exit(event_exit);
MODULE_LICENSE("GPL");
