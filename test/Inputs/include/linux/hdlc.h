/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_HDLC_H
#define _MOCK_LINUX_HDLC_H

#include <linux/netdevice.h>

typedef struct hdlc_device {
	int (*attach)(struct net_device *dev, unsigned short encoding, unsigned short parity);
	netdev_tx_t (*xmit)(struct sk_buff *skb, struct net_device *dev);
	void *priv;
} hdlc_device;
struct net_device *alloc_hdlcdev(void *priv);
#define register_hdlc_device(dev) register_netdev(dev)
void unregister_hdlc_device(struct net_device *dev);
static inline struct hdlc_device *dev_to_hdlc(struct net_device *dev)
{
	return netdev_priv(dev);
}
#endif
