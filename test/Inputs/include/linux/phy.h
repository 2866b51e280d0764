/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_PHY_H
#define _MOCK_LINUX_PHY_H

#include <linux/device.h>

struct net_device;
typedef enum { PHY_INTERFACE_MODE_NA, PHY_INTERFACE_MODE_MII } phy_interface_t;
struct phy_device { int link, speed; };
struct mii_bus { const char *name; void *priv; struct device *parent; };
struct mii_bus *mdiobus_alloc_size(size_t size);
static inline struct mii_bus *mdiobus_alloc(void)
{
	return mdiobus_alloc_size(0);
}
struct module;
int __mdiobus_register(struct mii_bus *bus, struct module *owner);
#define mdiobus_register(bus) __mdiobus_register(bus, NULL)
void mdiobus_unregister(struct mii_bus *bus);
void mdiobus_free(struct mii_bus *bus);
struct phy_device *phy_connect(struct net_device *dev, const char *bus_id,
			       void (*handler)(struct net_device *), phy_interface_t interface);
void phy_disconnect(struct phy_device *phydev);
void phy_start(struct phy_device *phydev);
void phy_stop(struct phy_device *phydev);
#endif
