/* Faults whose statement cannot be changed for sure. */
#include <linux/etherdevice.h>

#define FREE(dev) free_netdev(dev)

int in_macro(void)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	free_netdev(dev);
	FREE(dev);
	return 0;
}

int not_alone(void)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	free_netdev(dev); free_netdev(dev);
	return 0;
}

int on_one_path(int n)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	if (n)
		free_netdev(dev);
	free_netdev(dev);
	return 0;
}

int only_statement(int n)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	free_netdev(dev);
	if (n)
		free_netdev(dev);
	return 0;
}
