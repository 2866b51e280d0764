/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_NET_CFG802154_H
#define _MOCK_NET_CFG802154_H

#include <linux/list.h>

struct wpan_phy;
struct wpan_dev {
	struct wpan_phy *wpan_phy;
	int iftype;
	struct list_head list;
	struct net_device *netdev;
};
#endif
