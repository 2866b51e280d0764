// RUN: %check %s
// ND-N01: the notifier is the last step, or is undone when the last step fails.
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/pci.h>

static int last_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	return NOTIFY_DONE;
}

static struct notifier_block first_nb = { .notifier_call = last_event };
static struct notifier_block last_nb = { .notifier_call = last_event };
static struct pci_driver last_driver = { .name = "last" };

static int __init ok_last_init(void)
{
	int err = register_netdevice_notifier(&first_nb);

	if (err)
		return err;
	err = pci_register_driver(&last_driver);
	if (err) {
		unregister_netdevice_notifier(&first_nb);
		return err;
	}
	err = register_netdevice_notifier(&last_nb);
	if (err) {
		pci_unregister_driver(&last_driver);
		unregister_netdevice_notifier(&first_nb);
	}
	return err;
}

static void __exit last_exit(void)
{
	unregister_netdevice_notifier(&last_nb);
	pci_unregister_driver(&last_driver);
	unregister_netdevice_notifier(&first_nb);
}

module_init(ok_last_init);
module_exit(last_exit);
MODULE_LICENSE("GPL");
