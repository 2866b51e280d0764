/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_DELAY_H
#define _MOCK_LINUX_DELAY_H

#include <linux/types.h>

void msleep(unsigned int msecs);
#define udelay(n) do { (void)(n); } while (0)
#endif
