/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_NET_MAC802154_H
#define _MOCK_NET_MAC802154_H

#include <linux/device.h>
#include <linux/module.h>
#include <linux/skbuff.h>
#include <linux/types.h>

struct ieee802154_hw {
	int extra_tx_headroom;
	u32 flags;
	struct device *parent;
	void *priv;
};

struct ieee802154_ops {
	struct module *owner;
	int (*start)(struct ieee802154_hw *hw);
	void (*stop)(struct ieee802154_hw *hw);
	int (*xmit_async)(struct ieee802154_hw *hw, struct sk_buff *skb);
};

struct ieee802154_hw *ieee802154_alloc_hw(size_t priv_data_len, const struct ieee802154_ops *ops);
void ieee802154_free_hw(struct ieee802154_hw *hw);
int ieee802154_register_hw(struct ieee802154_hw *hw);
void ieee802154_unregister_hw(struct ieee802154_hw *hw);
#endif
