/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_TIMER_H
#define _MOCK_LINUX_TIMER_H

#include <linux/list.h>
#include <linux/lockdep.h>

struct timer_list {
	struct hlist_node entry;
	unsigned long expires;
	void (*function)(struct timer_list *t);
	u32 flags;
};
#define TIMER_IRQSAFE 0x00200000

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *t),
		    unsigned int flags, const char *name, struct lock_class_key *key);
#define __init_timer(_timer, _fn, _flags) do {				\
	static struct lock_class_key __key;				\
	init_timer_key((_timer), (_fn), (_flags), #_timer, &__key);	\
} while (0)
#define timer_setup(timer, callback, flags) __init_timer((timer), (callback), (flags))
#define from_timer(var, callback_timer, timer_fieldname) \
	container_of(callback_timer, typeof(*var), timer_fieldname)

int mod_timer(struct timer_list *timer, unsigned long expires);
void add_timer(struct timer_list *timer);
int timer_pending(const struct timer_list *timer);
int timer_delete(struct timer_list *timer);
int timer_delete_sync(struct timer_list *timer);
int timer_shutdown_sync(struct timer_list *timer);
static inline int del_timer_sync(struct timer_list *timer)
{
	return timer_delete_sync(timer);
}
static inline int del_timer(struct timer_list *timer)
{
	return timer_delete(timer);
}
#endif
