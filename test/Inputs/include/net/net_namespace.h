/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_NET_NET_NAMESPACE_H
#define _MOCK_NET_NET_NAMESPACE_H

#include <linux/types.h>
#include <linux/list.h>

struct net_device;
struct net { struct list_head dev_base_head; struct net_device *loopback_dev; };
extern struct net init_net;
extern struct list_head net_namespace_list;
struct pernet_operations {
	struct list_head list;
	int (*init)(struct net *net);
	void (*pre_exit)(struct net *net);
	void (*exit)(struct net *net);
	void (*exit_batch)(struct list_head *net_exit_list);
	void (*exit_batch_rtnl)(struct list_head *net_exit_list,
				struct list_head *dev_kill_list);
	void (*exit_rtnl)(struct net *net, struct list_head *dev_kill_list);
	unsigned int * const id;
	const size_t size;
};
int register_pernet_subsys(struct pernet_operations *);
void unregister_pernet_subsys(struct pernet_operations *);
int register_pernet_device(struct pernet_operations *);
void unregister_pernet_device(struct pernet_operations *);
void *net_generic(const struct net *net, unsigned int id);
#endif
