/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_RCUPDATE_H
#define _MOCK_LINUX_RCUPDATE_H

#include <linux/types.h>
#include <linux/kernel.h>
#include <linux/cleanup.h>

void rcu_read_lock(void);
void rcu_read_unlock(void);
void synchronize_rcu(void);
typedef void (*rcu_callback_t)(struct callback_head *head);
void call_rcu(struct callback_head *head, rcu_callback_t func);
#define rcu_dereference(p) ({ typeof(p) __p = READ_ONCE(p); __p; })
#define rcu_dereference_check(p, c) ({ typeof(p) __p = READ_ONCE(p); (void)(c); __p; })
#define rcu_dereference_protected(p, c) ({ (void)(c); (p); })
#define rcu_access_pointer(p) READ_ONCE(p)
#define rcu_assign_pointer(p, v) do { WRITE_ONCE(p, v); } while (0)
#define RCU_INIT_POINTER(p, v) do { WRITE_ONCE(p, v); } while (0)
DEFINE_LOCK_GUARD_0(rcu, rcu_read_lock(), rcu_read_unlock())
#endif
