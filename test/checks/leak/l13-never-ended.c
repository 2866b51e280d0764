// RUN: %check %s
// ND-L13: a member that keeps memory of its own is ended when its device goes; all that runs then is at hand.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <net/gro_cells.h>
#include <linux/rtnetlink.h>


struct lost { struct gro_cells cells; };
struct kept { struct gro_cells cells; };

static int bad_init(struct net_device *dev)
{
	struct lost *l = netdev_priv(dev);

	return gro_cells_init(&l->cells, dev); /* WARN: netdev-leak: cells */
}

static void lost_uninit(struct net_device *dev)
{
	netif_carrier_off(dev);
}

const struct net_device_ops lost_ops = { .ndo_init = bad_init, .ndo_uninit = lost_uninit };

static int ok_init(struct net_device *dev)
{
	struct kept *k = netdev_priv(dev);

	return gro_cells_init(&k->cells, dev);
}

static void kept_free(struct net_device *dev)
{
	struct kept *k = netdev_priv(dev);

	gro_cells_destroy(&k->cells);
}

const struct net_device_ops kept_ops = { .ndo_init = ok_init };

static void ok_setup(struct net_device *dev)
{
	dev->netdev_ops = &kept_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = kept_free;
}

static struct rtnl_link_ops kept_link = { .kind = "kept", .setup = ok_setup };
int link_init(void);
int link_init(void)
{
	return rtnl_link_register(&kept_link);
}
