// RUN: %check %s
// ND-R01: a reference goes with what kept it, and one the function found itself nobody else can drop.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

struct upper {
	struct net_device *lower;
};

int bad_kept_by_freed(struct net_device *lower);
int bad_kept_by_freed(struct net_device *lower)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct upper));
	struct upper *u;

	if (!dev)
		return -ENOMEM;
	u = netdev_priv(dev);
	dev_hold(lower);
	u->lower = lower;
	if (register_netdev(dev)) {
		free_netdev(dev);
		return -EIO; /* WARN: netdev-reference-leak: reference */
	}
	return 0;
}

int bad_stored_first(struct net_device *lower);
int bad_stored_first(struct net_device *lower)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct upper));
	struct upper *u;

	if (!dev)
		return -ENOMEM;
	u = netdev_priv(dev);
	u->lower = lower;
	dev_hold(lower);
	if (register_netdev(dev)) {
		free_netdev(dev);
		return -EIO; /* WARN: netdev-reference-leak: reference */
	}
	return 0;
}

int ok_stored_first(struct net_device *lower);
int ok_stored_first(struct net_device *lower)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct upper));
	struct upper *u;

	if (!dev)
		return -ENOMEM;
	u = netdev_priv(dev);
	u->lower = lower;
	dev_hold(lower);
	if (register_netdev(dev)) {
		dev_put(u->lower);
		free_netdev(dev);
		return -EIO;
	}
	return 0;
}

struct net_device *ok_kept_by_freed(struct net_device *lower);
struct net_device *ok_kept_by_freed(struct net_device *lower)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct upper));
	struct upper *u;

	if (!dev)
		return NULL;
	u = netdev_priv(dev);
	dev_hold(lower);
	u->lower = lower;
	if (register_netdev(dev)) {
		dev_put(lower);
		free_netdev(dev);
		return NULL;
	}
	return dev;
}

struct port {
	struct net_device *dev;
	int mode;
};

int bad_found(struct port *p, int ifindex, int other);
int bad_found(struct port *p, int ifindex, int other)
{
	struct net_device *dev;

	rcu_read_lock();
	if (other)
		dev = dev_get_by_index_rcu(&init_net, other);
	else
		dev = dev_get_by_index_rcu(&init_net, ifindex);
	dev_hold(dev);
	rcu_read_unlock();
	if (!dev)
		return -ENODEV;
	if (p->mode)
		return -EBUSY; /* WARN: netdev-reference-leak: dev */
	p->dev = dev;
	return 0;
}

int ok_found(struct port *p, int ifindex);
int ok_found(struct port *p, int ifindex)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, ifindex);
	dev_hold(dev);
	rcu_read_unlock();
	if (!dev)
		return -ENODEV;
	if (p->mode) {
		dev_put(dev);
		return -EBUSY;
	}
	p->dev = dev;
	return 0;
}

// Code that is not at hand releases the port, and what it holds with it.
void port_free(struct port *p);

int bad_release(struct port *p, int ifindex);
int bad_release(struct port *p, int ifindex)
{
	int err = -EINVAL;

	p->dev = dev_get_by_index(&init_net, ifindex);
	if (!p->dev)
		return -ENODEV;
	if (p->dev->mtu < 68)
		goto free; /* the others put it first */
	if (p->dev->flags & IFF_UP)
		goto put;
	return 0;
put:
	dev_put(p->dev);
free:
	port_free(p);
	return err; /* WARN: netdev-reference-leak: reference */
}

int ok_release(struct port *p, int ifindex);
int ok_release(struct port *p, int ifindex)
{
	p->dev = dev_get_by_index(&init_net, ifindex);
	if (!p->dev)
		return -ENODEV;
	if (p->dev->mtu < 68) {
		port_free(p);
		return -EINVAL;
	}
	return 0;
}
