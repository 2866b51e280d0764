/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_IF_ETHER_H
#define _MOCK_LINUX_IF_ETHER_H

#include <linux/etherdevice.h>
#endif
