// RUN: %check %s
// ND-I06: the same, initialised.
#include <linux/etherdevice.h>
#include <net/cfg802154.h>

struct sub_if {
	struct wpan_dev wpan_dev;
	struct net_device *dev;
};

struct net_device *ok_if_add(struct wpan_phy *phy);
struct net_device *ok_if_add(struct wpan_phy *phy)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct sub_if));
	struct sub_if *sub;

	if (!dev)
		return NULL;
	sub = netdev_priv(dev);
	sub->dev = dev;
	sub->wpan_dev.wpan_phy = phy;
	INIT_LIST_HEAD(&sub->wpan_dev.list);
	if (register_netdevice(dev) < 0) {
		free_netdev(dev);
		return NULL;
	}
	return dev;
}
