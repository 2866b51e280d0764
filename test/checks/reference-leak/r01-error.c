// RUN: %check %s
// ND-R01 on error paths: what another path drops, what comes held from code that is
// not at hand, what goes with its tracker, and an entry that is used again.
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

struct job {
	struct net_device *dev;
	netdevice_tracker tracker;
};

int job_prepare(struct job *job);
int job_queue(struct job *job);
struct net_device *first_port(void);

int bad_start(struct net_device *dev);
int bad_start(struct net_device *dev)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);
	int err;

	if (!job)
		return -ENOMEM;
	netdev_hold(dev, &job->tracker, GFP_KERNEL);
	job->dev = dev;
	err = job_prepare(job);
	if (err < 0) {
		kfree(job);
		return err; /* WARN: netdev-reference-leak: device */
	}
	return job_queue(job);
}

int ok_start(struct net_device *dev);
int ok_start(struct net_device *dev)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);
	int err;

	if (!job)
		return -ENOMEM;
	job->dev = dev;
	err = job_prepare(job);
	if (err < 0) {
		kfree(job);
		return err;
	}
	netdev_hold(dev, &job->tracker, GFP_KERNEL);
	return job_queue(job);
}

/* The callback of what is in progress drops it. */
int ok_pending(struct net_device *dev);
int ok_pending(struct net_device *dev)
{
	int err;

	dev_hold(dev);
	err = job_queue(NULL);
	if (err == -EINPROGRESS)
		return err;
	dev_put(dev);
	return err;
}

int bad_comes_held(int n);
int bad_comes_held(int n)
{
	struct net_device *dev = first_port();

	if (!dev)
		return -ENODEV;
	if (n > 3)
		return -EINVAL; /* WARN: netdev-reference-leak: device */
	dev_put(dev);
	return 0;
}

/* Nothing shows that it comes held. */
int ok_accessor(int n);
int ok_accessor(int n)
{
	struct net_device *dev = first_port();

	return dev && n > 3 ? 0 : -EINVAL;
}

struct entry {
	struct entry *next;
	struct net_device *dev;
	int key;
};

static struct entry *entries;

int bad_reuse(int key, struct net_device *dev);
int bad_reuse(int key, struct net_device *dev)
{
	struct entry *e;

	for (e = entries; e; e = e->next)
		if (e->key == key)
			break;
	if (!e) {
		e = kzalloc(sizeof(*e), GFP_KERNEL);
		if (!e)
			return -ENOMEM;
		e->next = entries;
		entries = e;
	}
	dev_hold(dev);
	e->dev = dev; /* WARN: netdev-reference-leak: used again */
	return 0;
}

int ok_reuse(int key, struct net_device *dev);
int ok_reuse(int key, struct net_device *dev)
{
	struct entry *e;

	for (e = entries; e; e = e->next)
		if (e->key == key)
			break;
	if (!e) {
		e = kzalloc(sizeof(*e), GFP_KERNEL);
		if (!e)
			return -ENOMEM;
		e->next = entries;
		entries = e;
	}
	dev_put(e->dev);
	dev_hold(dev);
	e->dev = dev;
	return 0;
}

int ok_new(int key, struct net_device *dev);
int ok_new(int key, struct net_device *dev)
{
	struct entry *e;

	for (e = entries; e; e = e->next)
		if (e->key == key)
			break;
	if (e)
		return -EEXIST;
	e = kzalloc(sizeof(*e), GFP_KERNEL);
	if (!e)
		return -ENOMEM;
	dev_hold(dev);
	e->dev = dev;
	return 0;
}
