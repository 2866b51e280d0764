// RUN: %check %s
// ND-N01 in the part of a module that another file starts: its own end shows that
// the notifier is to go.
#include <linux/netdevice.h>

int part_register(void);
void part_unregister(void);

static int part_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	return NOTIFY_DONE;
}

static struct notifier_block bad_nb = { .notifier_call = part_event };
static struct notifier_block ok_nb = { .notifier_call = part_event };

int bad_part_init(void);
int bad_part_init(void)
{
	int err;

	register_netdevice_notifier(&bad_nb);
	err = part_register();
	if (err)
		return err; /* WARN: netdev-notifier-pairing */
	return 0;
}

void part_exit(void);
void part_exit(void)
{
	part_unregister();
	unregister_netdevice_notifier(&bad_nb);
}

int ok_part_init(void);
int ok_part_init(void)
{
	int err;

	register_netdevice_notifier(&ok_nb);
	err = part_register();
	if (err)
		unregister_netdevice_notifier(&ok_nb);
	return err;
}

void ok_part_exit(void);
void ok_part_exit(void)
{
	part_unregister();
	unregister_netdevice_notifier(&ok_nb);
}
