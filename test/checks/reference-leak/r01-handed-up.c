// RUN: %check %s
// ND-R01: a function of the file takes the reference and returns the device, whichever
// way it found it: who calls it drops it.
#include <linux/netdevice.h>
#include <linux/rcupdate.h>

struct user {
	struct net_device *dev;
	int ifindex;
};

static struct net_device *find_named(struct net *net, const char *name)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, name);
	if (dev)
		dev_hold(dev);
	rcu_read_unlock();
	return dev;
}

int bad_index(struct user *u, struct net *net, const char *name)
{
	struct net_device *dev = find_named(net, name);

	if (!dev)
		return -ENODEV;
	u->ifindex = dev->ifindex;
	return 0; /* WARN: netdev-reference-leak: find_named */
}

void outside(struct net_device *dev);

int bad_error(struct user *u, struct net *net, const char *name)
{
	struct net_device *dev = find_named(net, name);

	if (!dev)
		return -ENODEV;
	outside(dev);
	if (dev->mtu < 128)
		return -EINVAL; /* WARN: netdev-reference-leak: find_named */
	u->ifindex = dev->ifindex;
	dev_put(dev);
	return 0;
}

int ok_index(struct user *u, struct net *net, const char *name)
{
	struct net_device *dev = find_named(net, name);

	if (!dev)
		return -ENODEV;
	u->ifindex = dev->ifindex;
	dev_put(dev);
	return 0;
}

int ok_kept(struct user *u, struct net *net, const char *name)
{
	u->dev = find_named(net, name);
	return u->dev ? 0 : -ENODEV;
}

int ok_given(struct net *net, const char *name)
{
	struct net_device *dev = find_named(net, name);

	if (!dev)
		return -ENODEV;
	outside(dev);
	return 0;
}

static struct net_device *find_hold(struct net *net, const char *name)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, name);
	dev_hold(dev);
	rcu_read_unlock();
	return dev;
}

/* dev_hold(NULL) takes nothing, and an error is no device. */
static struct net_device *find_under_rtnl(struct net *net, const char *name)
{
	struct net_device *dev = find_hold(net, name);

	if (!dev)
		return ERR_PTR(-ENODEV);
	if (IS_ERR(dev))
		return dev;
	dev_put(dev);
	return dev;
}

int ok_null(struct user *u, struct net *net, const char *name)
{
	struct net_device *dev = find_under_rtnl(net, name);

	if (IS_ERR(dev))
		return PTR_ERR(dev);
	u->ifindex = dev->ifindex;
	return 0;
}

/* What is returned leads to the device. */
struct tap {
	struct net_device *dev;
	int minor;
};

struct tap *tap_find(int minor);

static struct tap *tap_get(int minor)
{
	struct tap *t = tap_find(minor);

	if (t)
		dev_hold(t->dev);
	return t;
}

int room(void);
void tap_use(struct tap *t);

int bad_tap_open(int minor)
{
	struct tap *t = tap_get(minor);

	if (!t)
		return -ENODEV;
	if (!room())
		return -ENOMEM; /* WARN: netdev-reference-leak: tap_get */
	dev_put(t->dev);
	return 0;
}

int ok_tap_open(int minor)
{
	struct tap *t = tap_get(minor);
	int err = 0;

	if (!t)
		return -ENODEV;
	if (!room())
		err = -ENOMEM;
	dev_put(t->dev);
	return err;
}

int ok_tap_given(int minor)
{
	struct tap *t = tap_get(minor);

	if (!t)
		return -ENODEV;
	tap_use(t);
	return 0;
}

int ok_tap_kept(int minor, struct tap **out)
{
	*out = tap_get(minor);
	return *out ? 0 : -ENODEV;
}
