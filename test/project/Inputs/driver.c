#include <linux/etherdevice.h>

int double_free(int sizeof_priv)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	free_netdev(dev);
	free_netdev(dev); // FAULT
	return 0;
}
