/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_ETHERDEVICE_H
#define _MOCK_LINUX_ETHERDEVICE_H

#include <linux/netdevice.h>

#define ETH_ALEN 6
#define ETH_ZLEN 60
#define ETH_FRAME_LEN 1514
struct net_device *alloc_etherdev_mqs(int sizeof_priv, unsigned int txqs, unsigned int rxqs);
#define alloc_etherdev(sizeof_priv) alloc_etherdev_mq(sizeof_priv, 1)
#define alloc_etherdev_mq(sizeof_priv, count) alloc_etherdev_mqs(sizeof_priv, count, count)
struct net_device *devm_alloc_etherdev_mqs(struct device *dev, int sizeof_priv,
					   unsigned int txqs, unsigned int rxqs);
#define devm_alloc_etherdev(dev, sizeof_priv) devm_alloc_etherdev_mqs(dev, sizeof_priv, 1, 1)
void ether_setup(struct net_device *dev);
void eth_hw_addr_random(struct net_device *dev);
void eth_hw_addr_set(struct net_device *dev, const u8 *addr);
int eth_mac_addr(struct net_device *dev, void *p);
int eth_validate_addr(struct net_device *dev);
__be16 eth_type_trans(struct sk_buff *skb, struct net_device *dev);
#endif
