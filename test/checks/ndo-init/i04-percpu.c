// RUN: %check %s
// ND-I04: per-CPU counters made in ndo_init, each of them set up where there are
// any, are its own to free while it fails.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>

struct counters {
	u64 packets;
};

struct upper {
	struct net_device *lower;
	struct counters __percpu *stats;
	void *table;
};

static int upper_stats(struct upper *up)
{
	struct counters __percpu *stats = alloc_percpu(struct counters);

	if (stats) {
		int cpu;

		for (cpu = 0; cpu < 4; cpu++)
			per_cpu_ptr(stats, cpu)->packets = 0;
	}
	up->stats = stats;
	return stats ? 0 : -ENOMEM;
}

static int bad_init(struct net_device *dev)
{
	struct upper *up = netdev_priv(dev);

	if (upper_stats(up))
		return -ENOMEM;
	up->table = kzalloc(64, GFP_KERNEL);
	if (!up->table)
		return -ENOMEM; /* WARN: netdev-ndo-init: keeps what it made for 'upper->stats' */
	return 0;
}

static int ok_init(struct net_device *dev)
{
	struct upper *up = netdev_priv(dev);

	if (upper_stats(up))
		return -ENOMEM;
	up->table = kzalloc(64, GFP_KERNEL);
	if (!up->table) {
		free_percpu(up->stats);
		return -ENOMEM;
	}
	return 0;
}

static void upper_uninit(struct net_device *dev)
{
	struct upper *up = netdev_priv(dev);

	kfree(up->table);
	free_percpu(up->stats);
}

const struct net_device_ops bad_ops = {
	.ndo_init = bad_init,
	.ndo_uninit = upper_uninit,
};

const struct net_device_ops ok_ops = {
	.ndo_init = ok_init,
	.ndo_uninit = upper_uninit,
};
