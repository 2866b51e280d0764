// RUN: %check %s
// ND-N01: a notifier stays registered when the last step of module init fails, whose
// result is returned without a test.
#include <linux/module.h>
#include <linux/netdevice.h>

static int pair_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	return NOTIFY_DONE;
}

static struct notifier_block pair_nb = { .notifier_call = pair_event };
static struct pernet_operations pair_net_ops;

static int __init bad_init(void)
{
	int err;

	err = register_netdevice_notifier(&pair_nb);
	if (err)
		return err;
	err = register_pernet_subsys(&pair_net_ops);
	return err; /* WARN: netdev-notifier-pairing: pair_nb */
}

static void __exit pair_exit(void)
{
	unregister_pernet_subsys(&pair_net_ops);
	unregister_netdevice_notifier(&pair_nb);
}

module_init(bad_init);
module_exit(pair_exit);
MODULE_LICENSE("GPL");
