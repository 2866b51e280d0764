// RUN: %check %s
// ND-L01: every device of the unit is left to the core, whatever leads to it.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct rack {
	struct net_device *ports[4];
};

int rack_add(struct rack *rack, int i);
int rack_add(struct rack *rack, int i)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	rack->ports[i] = dev;
	return 0;
}

void bad_rack_del(struct rack *rack, int i);
void bad_rack_del(struct rack *rack, int i)
{
	struct net_device *dev = rack->ports[i];

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free: 'dev' */
}

/* Under the RTNL the core frees it later: catalogue A.5. */
void ok_rack_del_locked(struct rack *rack, int i);
void ok_rack_del_locked(struct rack *rack, int i)
{
	struct net_device *dev = rack->ports[i];

	unregister_netdevice(dev);
	free_netdev(dev);
}
