// RUN: %check %s
// ND-L08: a setup function in another unit may have left the device to the core.
#include <linux/etherdevice.h>
#include <linux/list.h>

void tie_setup(struct net_device *dev);

struct tie {
	struct list_head node;
	struct net_device *dev;
};

int tie_add(struct tie *tie);
int tie_add(struct tie *tie)
{
	struct net_device *dev = alloc_netdev(0, "tie%d", NET_NAME_UNKNOWN, tie_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	tie->dev = dev;
	return 0;
}

void ok_tie_del(struct tie *tie);
void ok_tie_del(struct tie *tie)
{
	unregister_netdev(tie->dev);
}
