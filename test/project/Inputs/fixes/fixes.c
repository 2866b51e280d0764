#include <linux/etherdevice.h>

int twice(void)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	free_netdev(dev);
	free_netdev(dev);
	return 0;
}

int twice_behind_label(int n)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	free_netdev(dev);
	if (n)
		goto out;
	n = 2;
out:
	free_netdev(dev);
	return n;
}

void swapped(void)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return;
	if (register_netdev(dev)) {
		free_netdev(dev);
		return;
	}
	free_netdev(dev);
	unregister_netdev(dev);
}

int leak(int n)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err)
		return err;
	unregister_netdev(dev);
	free_netdev(dev);
	return 0;
}

int leak_in_block(int n)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	if (n) {
		n += 2;
		return -EINVAL;
	}
	free_netdev(dev);
	return 0;
}
