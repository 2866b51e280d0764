/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_OF_H
#define _MOCK_LINUX_OF_H

#include <linux/types.h>

struct device_node { const char *name; };
void of_node_put(struct device_node *node);
#endif
