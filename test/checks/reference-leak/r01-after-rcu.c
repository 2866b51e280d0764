// RUN: %check %s
// ND-R01: a reference that is taken in an RCU section of the function's own, to
// go on with the device after it, is for this function alone, unless something
// that outlives the function leads to it.
#include <linux/netdevice.h>
#include <linux/rcupdate.h>

struct session {
	struct net_device __rcu *dev;
	struct net_device *shown;
};

void show_name(const char *name);
void show_device(struct net_device *dev);

void bad_show(struct session *s);
void bad_show(struct session *s)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = rcu_dereference(s->dev);
	if (!dev) {
		rcu_read_unlock();
		return;
	}
	dev_hold(dev);
	rcu_read_unlock();
	show_name(dev->name);
} /* WARN: netdev-reference-leak: not dropped on this path */

void bad_given(struct session *s);
void bad_given(struct session *s)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = rcu_dereference(s->dev);
	dev_hold(dev);
	rcu_read_unlock();
	show_device(dev);
} /* WARN: netdev-reference-leak: not dropped on this path */

void ok_show(struct session *s);
void ok_show(struct session *s)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = rcu_dereference(s->dev);
	dev_hold(dev);
	rcu_read_unlock();
	show_name(dev->name);
	dev_put(dev);
}

void ok_kept(struct session *s);
void ok_kept(struct session *s)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = rcu_dereference(s->dev);
	dev_hold(dev);
	rcu_read_unlock();
	s->shown = dev;
}

struct session *ok_found(struct session *s);
struct session *ok_found(struct session *s)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = rcu_dereference(s->dev);
	if (dev)
		dev_hold(dev);
	else
		s = NULL;
	rcu_read_unlock();
	return s;
}

/* In the caller's section, for the caller. */
void ok_caller(struct session *s);
void ok_caller(struct session *s)
{
	struct net_device *dev = rcu_dereference(s->dev);

	if (dev)
		dev_hold(dev);
}
