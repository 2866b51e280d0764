// RUN: %check %s
// ND-R01: a reference that was taken for this function only, and that nothing
// which outlives it knows of.
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct mock {
	struct net_device *dev;
	struct work_struct work;
};

struct net_device *mock_lower(struct mock *m);
int mock_route(struct mock *m);
int mock_flash(struct mock *m);
int mock_insert(void *entry);

/* One path drops it. */
void bad_request(struct mock *m)
{
	struct net_device *dev = mock_lower(m);

	dev_hold(dev);
	if (mock_route(m))
		return; /* WARN: netdev-reference-leak: device */
	dev_put(dev);
}

void ok_request(struct mock *m)
{
	struct net_device *dev = mock_lower(m);

	dev_hold(dev);
	mock_route(m);
	dev_put(dev);
}

/* The work drops it, unless it was pending. */
void ok_for_work(struct mock *m)
{
	dev_hold(m->dev);
	if (!schedule_work(&m->work))
		dev_put(m->dev);
}

static struct mock *selected;

/* Who is selected holds its device. */
void ok_select(struct mock *m)
{
	if (m)
		dev_hold(m->dev);
	if (selected)
		dev_put(selected->dev);
	selected = m;
}

/* Held while the RTNL is given to others. */
int bad_flash(struct mock *m)
{
	struct net_device *dev = m->dev;
	int err;

	dev_hold(dev);
	rtnl_unlock();
	err = mock_flash(m);
	rtnl_lock();
	return err; /* WARN: netdev-reference-leak: device */
}

int ok_flash(struct mock *m)
{
	struct net_device *dev = m->dev;
	int err;

	dev_hold(dev);
	rtnl_unlock();
	err = mock_flash(m);
	rtnl_lock();
	dev_put(dev);
	return err;
}

/* The tracker is gone, too. */
void bad_scan(struct mock *m)
{
	netdevice_tracker tracker;

	netdev_hold(m->dev, &tracker, GFP_KERNEL);
	mock_route(m);
} /* WARN: netdev-reference-leak: device */

void ok_scan(struct mock *m)
{
	netdevice_tracker tracker;

	netdev_hold(m->dev, &tracker, GFP_KERNEL);
	mock_route(m);
	netdev_put(m->dev, &tracker);
}

struct key {
	struct net_device *dev;
};

struct entry {
	struct key key;
};

/* Freed with what leads to the device. */
struct entry *bad_create(const struct key *key)
{
	struct entry *e = kzalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return NULL;
	e->key = *key;
	dev_hold(e->key.dev);
	if (mock_insert(e)) {
		kfree(e);
		return NULL; /* WARN: netdev-reference-leak: device */
	}
	return e;
}

struct entry *ok_create(const struct key *key)
{
	struct entry *e = kzalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return NULL;
	e->key = *key;
	dev_hold(e->key.dev);
	if (mock_insert(e)) {
		dev_put(e->key.dev);
		kfree(e);
		return NULL;
	}
	return e;
}
