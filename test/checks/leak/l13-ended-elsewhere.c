// RUN: %check %s
// ND-L13: what ndo_uninit gives to code that is not at hand may be ended there.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <net/gro_cells.h>


struct else_where { struct gro_cells cells; };
void elsewhere_free(struct else_where *e);

static int ok_elsewhere_init(struct net_device *dev)
{
	struct else_where *e = netdev_priv(dev);

	return gro_cells_init(&e->cells, dev);
}

static void elsewhere_uninit(struct net_device *dev)
{
	elsewhere_free(netdev_priv(dev));
}

const struct net_device_ops elsewhere_ops = { .ndo_init = ok_elsewhere_init, .ndo_uninit = elsewhere_uninit };
