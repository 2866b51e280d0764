// RUN: %check %s
// ND-I05: a slot of an array that a global points to leads to a device that
// could not be registered.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

static struct net_device **slots;
static int max_slots = 16;

static struct net_device *take_slot(void)
{
	struct net_device *dev;
	int i;

	for (i = 0; i < max_slots; i++)
		if (!slots[i])
			break;
	if (i >= max_slots)
		return NULL;
	dev = alloc_etherdev(0);
	if (!dev)
		return NULL;
	dev->base_addr = i;
	slots[i] = dev;
	return dev;
}

static void clear_slot(struct net_device *dev)
{
	slots[dev->base_addr] = NULL;
}

int bad_open(void)
{
	struct net_device *dev;
	int err;

	rtnl_lock();
	dev = take_slot();
	if (!dev) {
		rtnl_unlock();
		return -EBUSY;
	}
	err = register_netdevice(dev);
	rtnl_unlock();
	if (err)
		free_netdev(dev);
	return err; /* WARN: netdev-use-after-free: 'slots' still leads to the device, which is freed after its registration failed */
}

int ok_open(void)
{
	struct net_device *dev;
	int err;

	rtnl_lock();
	dev = take_slot();
	if (!dev) {
		rtnl_unlock();
		return -EBUSY;
	}
	err = register_netdevice(dev);
	if (err)
		clear_slot(dev);
	rtnl_unlock();
	if (err)
		free_netdev(dev);
	return err;
}

static int __init slots_init(void)
{
	slots = kcalloc(max_slots, sizeof(*slots), GFP_KERNEL);
	return slots ? 0 : -ENOMEM;
}
module_init(slots_init);
