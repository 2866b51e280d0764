#include <linux/etherdevice.h>

void half(struct net_device *dev)
{
	free_netdev(dev);
	free_netdev(dev)
}
