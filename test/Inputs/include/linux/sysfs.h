/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_SYSFS_H
#define _MOCK_LINUX_SYSFS_H

#include <linux/device.h>

int sysfs_emit(char *buf, const char *fmt, ...) __printf(2, 3);
int restart_syscall(void);
#endif
