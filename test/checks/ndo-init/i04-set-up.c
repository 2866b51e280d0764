// RUN: %check %s
// ND-I04: ndo_init ends what it has set up in the device when a later step fails.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

int gro_cells_init(struct gro_cells *cells, struct net_device *dev);
void gro_cells_destroy(struct gro_cells *cells);
int later_step(struct net_device *dev);

struct tunnel {
	struct gro_cells cells;
};

static int bad_init(struct net_device *dev)
{
	struct tunnel *t = netdev_priv(dev);
	int err;

	err = gro_cells_init(&t->cells, dev);
	if (err)
		return err;
	err = later_step(dev);
	if (err)
		return err; /* WARN: netdev-ndo-init: cells */
	return 0;
}

static int ok_init(struct net_device *dev)
{
	struct tunnel *t = netdev_priv(dev);
	int err;

	err = gro_cells_init(&t->cells, dev);
	if (err)
		return err;
	err = later_step(dev);
	if (err) {
		gro_cells_destroy(&t->cells);
		return err;
	}
	return 0;
}

static void tunnel_uninit(struct net_device *dev)
{
	struct tunnel *t = netdev_priv(dev);

	gro_cells_destroy(&t->cells);
}

const struct net_device_ops bad_ops = { .ndo_init = bad_init, .ndo_uninit = tunnel_uninit };
const struct net_device_ops ok_ops = { .ndo_init = ok_init, .ndo_uninit = tunnel_uninit };
