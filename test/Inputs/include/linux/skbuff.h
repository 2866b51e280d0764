/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_SKBUFF_H
#define _MOCK_LINUX_SKBUFF_H

#include <linux/spinlock.h>
#include <linux/gfp.h>

enum skb_drop_reason { SKB_CONSUMED = 1, SKB_DROP_REASON_QUEUE_PURGE = 2 };
struct net_device;
struct sk_buff {
	struct sk_buff *next, *prev;
	struct net_device *dev;
	unsigned int len;
	u8 *data;
	__be16 protocol;
};
struct sk_buff_head { struct sk_buff *next, *prev; u32 qlen; spinlock_t lock; };
static inline void skb_queue_head_init(struct sk_buff_head *list)
{
	spin_lock_init(&list->lock);
	list->qlen = 0;
}
void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk);
struct sk_buff *skb_dequeue(struct sk_buff_head *list);
void skb_queue_purge_reason(struct sk_buff_head *list, enum skb_drop_reason reason);
static inline void skb_queue_purge(struct sk_buff_head *list)
{
	skb_queue_purge_reason(list, SKB_DROP_REASON_QUEUE_PURGE);
}
void kfree_skb(struct sk_buff *skb);
void dev_kfree_skb_any(struct sk_buff *skb);
void consume_skb(struct sk_buff *skb);
#endif
