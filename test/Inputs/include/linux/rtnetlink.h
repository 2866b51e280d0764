/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_RTNETLINK_H
#define _MOCK_LINUX_RTNETLINK_H

#include <linux/netdevice.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <net/rtnetlink.h>

void rtnl_lock(void);
void rtnl_unlock(void);
void __rtnl_unlock(void);
int rtnl_trylock(void);
int rtnl_is_locked(void);
int rtnl_lock_killable(void);
bool refcount_dec_and_rtnl_lock(refcount_t *r);
bool lockdep_rtnl_is_held(void);
DEFINE_LOCK_GUARD_0(rtnl, rtnl_lock(), rtnl_unlock())
static inline void rtnl_net_lock(struct net *net)
{
	rtnl_lock();
}
static inline void rtnl_net_unlock(struct net *net)
{
	rtnl_unlock();
}

#define ASSERT_RTNL()							\
	WARN_ONCE(!rtnl_is_locked(),					\
		  "RTNL: assertion failed at %s (%d)\n", __FILE__, __LINE__)
#define rcu_dereference_rtnl(p) rcu_dereference_check(p, lockdep_rtnl_is_held())
#define rtnl_dereference(p) rcu_dereference_protected(p, lockdep_rtnl_is_held())
#endif
