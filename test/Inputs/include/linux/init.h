/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_INIT_H
#define _MOCK_LINUX_INIT_H

#include <linux/compiler.h>
#endif
