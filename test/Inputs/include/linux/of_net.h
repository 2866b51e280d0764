/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_OF_NET_H
#define _MOCK_LINUX_OF_NET_H

#include <linux/of.h>

struct net_device;
struct net_device *of_find_net_device_by_node(struct device_node *np);
#endif
