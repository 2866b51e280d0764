/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_NETLINK_H
#define _MOCK_LINUX_NETLINK_H

#include <linux/types.h>

struct nlattr { u16 nla_len, nla_type; };
struct nla_policy { u8 type; };
struct netlink_ext_ack { const char *_msg; };
u32 nla_get_u32(const struct nlattr *nla);
#define NL_SET_ERR_MSG_MOD(extack, msg) do { if (extack) (extack)->_msg = (msg); } while (0)
enum { IFLA_UNSPEC, IFLA_ADDRESS, IFLA_BROADCAST, IFLA_IFNAME, IFLA_MTU, IFLA_LINK };
#endif
