// RUN: %check %s
// ND-L08: a list of cards, each with a device that nothing but the list leads to: removal unregisters and forgets.
#include <linux/etherdevice.h>
#include <linux/list.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct line {
	struct net_device *dev;
	struct list_head list;
};

static LIST_HEAD(lines);

static int list_probe(struct platform_device *pdev)
{
	struct line *l = devm_kzalloc(&pdev->dev, sizeof(*l), GFP_KERNEL);
	int err;

	if (!l)
		return -ENOMEM;
	l->dev = alloc_etherdev(0);
	if (!l->dev)
		return -ENOMEM;
	err = register_netdev(l->dev);
	if (err) {
		free_netdev(l->dev);
		return err;
	}
	list_add(&l->list, &lines);
	return 0;
}

static void bad_remove(struct platform_device *pdev)
{
	struct line *l, *next;

	list_for_each_entry_safe(l, next, &lines, list)
		unregister_netdev(l->dev); /* WARN: netdev-leak: never freed */
}

struct platform_driver bad_driver = { .probe = list_probe, .remove = bad_remove };
