// RUN: %check %s
// ND-N01: module exit unregisters the notifier.
#include <linux/module.h>
#include <linux/netdevice.h>

static int exit_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	return NOTIFY_DONE;
}

static struct notifier_block exit_nb = { .notifier_call = exit_event };

static int __init bad_init(void)
{
	return register_netdevice_notifier(&exit_nb); /* WARN: netdev-notifier-pairing: exit_nb */
}

static void __exit exit_exit(void)
{
	pr_info("bye\n");
}

module_init(bad_init);
module_exit(exit_exit);
MODULE_LICENSE("GPL");
