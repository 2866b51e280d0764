// RUN: %check %s
// ND-R03: a borrowed pointer ends with its protection.
/* OPTIONS: --precision=medium */
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/spinlock.h>

int bad_rcu(int ifindex);
int bad_rcu(int ifindex)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, ifindex);
	rcu_read_unlock();
	if (!dev)
		return -ENODEV;
	return dev->mtu; /* WARN: netdev-reference-misuse: dev */
}

int ok_rcu(int ifindex);
int ok_rcu(int ifindex)
{
	struct net_device *dev;
	int mtu = -ENODEV;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, ifindex);
	if (dev)
		mtu = dev->mtu;
	rcu_read_unlock();
	return mtu;
}

int bad_rtnl(int ifindex);
int bad_rtnl(int ifindex)
{
	struct net_device *dev;

	rtnl_lock();
	dev = __dev_get_by_index(&init_net, ifindex);
	rtnl_unlock();
	if (!dev)
		return -ENODEV;
	return dev->mtu; /* WARN: netdev-reference-misuse: dev */
}

/* Held before the protection ends; or only compared with NULL. */
int ok_hold(int ifindex);
int ok_hold(int ifindex)
{
	struct net_device *dev;
	int mtu;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, ifindex);
	dev_hold(dev);
	rcu_read_unlock();
	if (!dev)
		return -ENODEV;
	mtu = dev->mtu;
	dev_put(dev);
	return mtu;
}

bool ok_exists(int ifindex);
bool ok_exists(int ifindex)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, ifindex);
	rcu_read_unlock();
	return dev;
}

int ok_both(int ifindex);
int ok_both(int ifindex)
{
	struct net_device *dev;
	int mtu = -ENODEV;

	rtnl_lock();
	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, ifindex);
	rcu_read_unlock();
	if (dev)
		mtu = dev->mtu;
	rtnl_unlock();
	return mtu;
}

/* Soft interrupts, and who holds a spinlock, are readers under RCU as well. */
struct queue {
	struct tasklet_struct tasklet;
	spinlock_t lock;
	int ifindex;
};

static void ok_tasklet(struct tasklet_struct *t)
{
	struct queue *queue = from_tasklet(queue, t, tasklet);
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, queue->ifindex);
	rcu_read_unlock();
	if (dev)
		dev->mtu = 0;
}

void queue_setup(struct queue *queue);
void queue_setup(struct queue *queue)
{
	spin_lock_init(&queue->lock);
	tasklet_setup(&queue->tasklet, ok_tasklet);
}

int ok_locked(struct queue *queue);
int ok_locked(struct queue *queue)
{
	struct net_device *dev;
	int mtu = -ENODEV;

	spin_lock_bh(&queue->lock);
	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, queue->ifindex);
	rcu_read_unlock();
	if (dev)
		mtu = dev->mtu;
	spin_unlock_bh(&queue->lock);
	return mtu;
}

int bad_unlocked(struct queue *queue);
int bad_unlocked(struct queue *queue)
{
	struct net_device *dev;

	spin_lock_bh(&queue->lock);
	rcu_read_lock();
	dev = dev_get_by_index_rcu(&init_net, queue->ifindex);
	rcu_read_unlock();
	spin_unlock_bh(&queue->lock);
	if (!dev)
		return -ENODEV;
	return dev->mtu; /* WARN: netdev-reference-misuse: dev */
}
