/* Three functions that user.c needs, each in another way, and one it does not. */
#include <linux/etherdevice.h>

static inline void inline_called(void)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return;
	free_netdev(dev);
	free_netdev(dev);
}

static inline int inline_open(struct net_device *dev)
{
	struct net_device *other = alloc_etherdev(0);

	free_netdev(other);
	free_netdev(other);
	return 0;
}

static inline void inline_deeper(struct net_device *dev)
{
	free_netdev(dev);
	free_netdev(dev);
}

static inline void inline_calls(void)
{
	inline_deeper(alloc_etherdev(0));
}

static inline void inline_unused(void)
{
	struct net_device *dev = alloc_etherdev(0);

	free_netdev(dev);
	free_netdev(dev);
}
