/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_MUTEX_H
#define _MOCK_LINUX_MUTEX_H

#include <linux/lockdep.h>
#include <linux/spinlock.h>

struct mutex { atomic_long_t owner; struct list_head wait_list; };

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key);
#define mutex_init(mutex) do {						\
	static struct lock_class_key __key;				\
	__mutex_init((mutex), #mutex, &__key);				\
} while (0)
#define DEFINE_MUTEX(name) struct mutex name = { { 0 } }

void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_destroy(struct mutex *lock);
DEFINE_LOCK_GUARD_1(mutex, struct mutex,
		    mutex_lock(_T->lock), mutex_unlock(_T->lock))
#endif
