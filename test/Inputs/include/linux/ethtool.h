/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_ETHTOOL_H
#define _MOCK_LINUX_ETHTOOL_H

#include <linux/netdevice.h>

struct ethtool_drvinfo { char driver[32]; char version[32]; };
struct ethtool_link_ksettings { u32 speed; };
struct ethtool_coalesce { u32 rx_coalesce_usecs; };
struct ethtool_ringparam { u32 rx_pending; };
struct ethtool_ops {
	void (*get_drvinfo)(struct net_device *, struct ethtool_drvinfo *);
	u32 (*get_msglevel)(struct net_device *);
	void (*set_msglevel)(struct net_device *, u32);
	int (*nway_reset)(struct net_device *);
	u32 (*get_link)(struct net_device *);
	int (*set_phys_id)(struct net_device *, int);
	int (*begin)(struct net_device *);
	void (*complete)(struct net_device *);
	int (*get_link_ksettings)(struct net_device *, struct ethtool_link_ksettings *);
};
u32 ethtool_op_get_link(struct net_device *dev);
void netdev_sw_irq_coalesce_default_on(struct net_device *dev);
#endif
