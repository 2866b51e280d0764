/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_ERRNO_H
#define _MOCK_LINUX_ERRNO_H

#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define ENXIO 6
#define EAGAIN 11
#define ENOMEM 12
#define EFAULT 14
#define EBUSY 16
#define EEXIST 17
#define ENODEV 19
#define EINVAL 22
#define ENOSPC 28
#define EOPNOTSUPP 95
#define EPROBE_DEFER 517
#define ERESTARTSYS 512
#define EINPROGRESS 115
#endif
