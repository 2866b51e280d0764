// RUN: %check %s
// ND-I06: a member that the core works on once the device is registered, and
// that the driver must initialise.
#include <linux/etherdevice.h>
#include <net/cfg802154.h>

struct sub_if {
	struct wpan_dev wpan_dev;
	struct net_device *dev;
};

struct net_device *bad_if_add(struct wpan_phy *phy);
struct net_device *bad_if_add(struct wpan_phy *phy)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct sub_if)); /* WARN: netdev-work-after-register: 'wpan_dev->list' is used by the core */
	struct sub_if *sub;

	if (!dev)
		return NULL;
	sub = netdev_priv(dev);
	sub->dev = dev;
	sub->wpan_dev.wpan_phy = phy;
	if (register_netdevice(dev) < 0) {
		free_netdev(dev);
		return NULL;
	}
	return dev;
}
