// RUN: %check %s
// ND-L07: what a module's init leaves in an array it frees by way of that, or
// code that is not at hand does.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>

#define NUM_LINKS 4

static struct net_device *links[NUM_LINKS];
struct net_device *ctrl;

void ctrl_destroy(void);

static void link_setup(struct net_device *dev)
{
	dev->mtu = 512;
}

static void ok_free_links(void)
{
	int i;

	for (i = 0; i < NUM_LINKS; i++) {
		if (!links[i])
			continue;
		if (links[i]->reg_state == NETREG_REGISTERED)
			unregister_netdev(links[i]);
		free_netdev(links[i]);
	}
}

static int __init ok_init(void)
{
	int i, err;

	ctrl = alloc_netdev(8, "ctrl%d", NET_NAME_UNKNOWN, link_setup);
	if (!ctrl)
		return -ENOMEM;
	err = register_netdev(ctrl);
	if (err)
		goto undo;
	for (i = 0; i < NUM_LINKS; i++) {
		links[i] = alloc_netdev(8, "link%d", NET_NAME_UNKNOWN, link_setup);
		if (!links[i]) {
			err = -ENOMEM;
			goto undo;
		}
		err = register_netdev(links[i]);
		if (err)
			goto undo;
	}
	return 0;
undo:
	ok_free_links();
	ctrl_destroy();
	return err;
}

static void __exit links_exit(void)
{
	ok_free_links();
	ctrl_destroy();
}

module_init(ok_init);
module_exit(links_exit);
MODULE_LICENSE("GPL");
