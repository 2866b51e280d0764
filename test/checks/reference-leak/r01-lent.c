// RUN: %check %s
// ND-R01: the kernel's own functions, the device's callbacks and look-ups by a device are lent it; other code
// of the driver's that is not at hand may keep it.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

struct port;
struct port *port_find(struct net_device *dev);
int port_attach(struct net_device *dev);

int bad_kernel(int ifindex);
int bad_kernel(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -ENODEV;
	return eth_validate_addr(dev); /* WARN: netdev-reference-leak: dev */
}

int bad_callback(int ifindex, struct ifreq *ifr);
int bad_callback(int ifindex, struct ifreq *ifr)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	if (!dev)
		return -ENODEV;
	return dev->netdev_ops->ndo_do_ioctl(dev, ifr, 0); /* WARN: netdev-reference-leak: dev */
}

struct port *bad_found(int ifindex);
struct port *bad_found(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	return dev ? port_find(dev) : NULL; /* WARN: netdev-reference-leak: dev */
}

int ok_attached(int ifindex);
int ok_attached(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);

	return dev ? port_attach(dev) : -ENODEV;
}

int ok_found(int ifindex);
int ok_found(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);
	int found;

	if (!dev)
		return -ENODEV;
	found = port_find(dev) != NULL;
	dev_put(dev);
	return found;
}
