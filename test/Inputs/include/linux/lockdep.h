/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_LOCKDEP_H
#define _MOCK_LINUX_LOCKDEP_H

#include <linux/types.h>

struct lock_class_key { unsigned char id; };
#define lockdep_assert_held(l) do { (void)(l); } while (0)
#endif
