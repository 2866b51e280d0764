/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_NET_NETNS_GENERIC_H
#define _MOCK_NET_NETNS_GENERIC_H

#include <net/net_namespace.h>
#endif
