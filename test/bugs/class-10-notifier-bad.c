// RUN: %check %s
// Class 10: a protocol's init fails after it registered its notifier.
#include <linux/module.h>
#include <linux/netdevice.h>

static int proto_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	return NOTIFY_DONE;
}

static struct notifier_block proto_nb = { .notifier_call = proto_event };
static struct pernet_operations proto_net_ops;

static int __init bad_init(void)
{
	int err;

	err = register_netdevice_notifier(&proto_nb);
	if (err)
		return err;
	err = register_pernet_device(&proto_net_ops);
	if (err)
		return err; /* WARN: netdev-notifier-pairing: proto_nb */
	return 0;
}

static void __exit proto_exit(void)
{
	unregister_pernet_device(&proto_net_ops);
	unregister_netdevice_notifier(&proto_nb);
}

module_init(bad_init);
module_exit(proto_exit);
MODULE_LICENSE("GPL");
