// RUN: %check %s
// ND-K03: a function that says by its error that the lock is gone, and who heeds it.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

void told_flush(struct net_device *dev);
int told_elsewhere(struct net_device *dev, int mode);

int ok_told_set(struct net_device *dev, int mode)
{
	if (mode > 1)
		return -EINVAL;
	netif_carrier_off(dev);
	rtnl_unlock();
	told_flush(dev);
	return rtnl_trylock() ? 0 : -EBUSY;
}

int bad_told_set(struct net_device *dev, int mode)
{
	if (mode > 1)
		return -EINVAL;
	rtnl_unlock();
	told_flush(dev);
	if (mode)
		return -EBUSY; /* WARN: netdev-rtnl-balance: dropped on return */
	rtnl_lock();
	return 0;
}

int ok_told_store(struct net_device *dev, int mode)
{
	int err;

	if (!rtnl_trylock())
		return -EAGAIN;
	err = told_elsewhere(dev, mode);
	if (err != -EBUSY)
		rtnl_unlock();
	return err;
}

int bad_told_store(struct net_device *dev, int mode)
{
	int err;

	if (!rtnl_trylock())
		return -EAGAIN;
	err = told_elsewhere(dev, mode);
	if (err)
		return err; /* WARN: netdev-rtnl-balance: still held */
	rtnl_unlock();
	return 0;
}
