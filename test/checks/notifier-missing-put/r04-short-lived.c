// RUN: %check %s
// ND-R04: a reference that a packet's report keeps, and that work drops at
// once, whoever binds the work: netdev_wait_allrefs_any() waits for it.
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct report {
	struct report *next;
	struct net_device *dev;
};

struct report_ops {
	void (*work_func)(struct work_struct *work);
};

static struct report *queued;

static void report_free(struct report *report)
{
	dev_put(report->dev);
	kfree(report);
}

static void report_work(struct work_struct *work)
{
	struct report *report = queued;

	queued = NULL;
	if (report)
		report_free(report);
}

const struct report_ops ops = { .work_func = report_work };

int ok_report(struct net_device *dev);
int ok_report(struct net_device *dev)
{
	struct report *report = kzalloc(sizeof(*report), GFP_ATOMIC);

	if (!report)
		return -ENOMEM;
	report->dev = dev;
	dev_hold(report->dev);
	queued = report;
	return 0;
}

static int other_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	return NOTIFY_DONE;
}

static struct notifier_block other_nb = { .notifier_call = other_event };

static int __init report_init(void)
{
	return register_netdevice_notifier(&other_nb);
}

static void __exit report_exit(void)
{
	unregister_netdevice_notifier(&other_nb);
}

module_init(report_init);
module_exit(report_exit);
MODULE_LICENSE("GPL");
