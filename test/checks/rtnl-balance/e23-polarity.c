// RUN: %check %s
// ND-K03, ND-K07, ND-K10, E.23, E.34: RTNL is given back on every path; success of
// the two special locks has opposite signs; guards need no unlock.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

int bad_return(struct net_device *dev);
int bad_return(struct net_device *dev)
{
	rtnl_lock();
	if (!netif_running(dev))
		return -EBUSY; /* WARN: netdev-rtnl-balance: still held */
	netif_carrier_off(dev);
	rtnl_unlock();
	return 0;
}

int ok_return(struct net_device *dev);
int ok_return(struct net_device *dev)
{
	int err = 0;

	rtnl_lock();
	if (!netif_running(dev)) {
		err = -EBUSY;
		goto out;
	}
	netif_carrier_off(dev);
out:
	rtnl_unlock();
	return err;
}

/* rtnl_lock_killable() returns 0 when it has the lock. */
int bad_killable(struct net_device *dev);
int bad_killable(struct net_device *dev)
{
	if (rtnl_lock_killable()) {
		netif_carrier_off(dev);
		rtnl_unlock(); /* WARN: netdev-rtnl-balance: not held */
		return 0;
	}
	return -EINTR; /* the same fault */
}

int ok_killable(struct net_device *dev);
int ok_killable(struct net_device *dev)
{
	if (rtnl_lock_killable())
		return -EINTR;
	netif_carrier_off(dev);
	rtnl_unlock();
	return 0;
}

/* rtnl_trylock() returns 1 when it has the lock. */
int ok_trylock(struct net_device *dev);
int ok_trylock(struct net_device *dev)
{
	if (!rtnl_trylock())
		return -EAGAIN;
	netif_carrier_off(dev);
	rtnl_unlock();
	return 0;
}

int bad_ignored(struct net_device *dev);
int bad_ignored(struct net_device *dev)
{
	rtnl_trylock(); /* WARN: netdev-rtnl-balance: not looked at */
	netif_carrier_off(dev);
	rtnl_unlock();
	return 0;
}

int bad_is_locked(struct net_device *dev);
int bad_is_locked(struct net_device *dev)
{
	if (!rtnl_is_locked())
		rtnl_lock(); /* WARN: netdev-rtnl-balance: whether anybody holds */
	netif_carrier_off(dev);
	rtnl_unlock();
	return 0;
}

void bad_core_unlock(struct net_device *dev);
void bad_core_unlock(struct net_device *dev)
{
	rtnl_lock();
	netif_carrier_off(dev);
	__rtnl_unlock(); /* WARN: netdev-rtnl-balance: __rtnl_unlock */
}

int ok_guard(struct net_device *dev);
int ok_guard(struct net_device *dev)
{
	guard(rtnl)();

	if (!netif_running(dev))
		return -EBUSY;
	netif_carrier_off(dev);
	return 0;
}

int ok_scoped(struct net_device *dev);
int ok_scoped(struct net_device *dev)
{
	scoped_guard(rtnl) {
		if (!netif_running(dev))
			return -EBUSY;
		netif_carrier_off(dev);
	}
	return 0;
}

/* Wrappers that hold across functions are what their names say. */
void ok_mock_lock(void);
void ok_mock_lock(void)
{
	rtnl_lock();
}

void ok_mock_unlock(void);
void ok_mock_unlock(void)
{
	rtnl_unlock();
}

int ok_wrapped(struct net_device *dev);
int ok_wrapped(struct net_device *dev)
{
	ok_mock_lock();
	netif_carrier_off(dev);
	ok_mock_unlock();
	return 0;
}
