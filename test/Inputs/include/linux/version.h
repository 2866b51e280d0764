/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the kernel whose signatures the mock headers have. */
#ifndef _MOCK_LINUX_VERSION_H
#define _MOCK_LINUX_VERSION_H

#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))
#ifdef MOCK_LINUX_6_15
#define LINUX_VERSION_CODE 397056
#else
#define LINUX_VERSION_CODE 396288
#endif

#endif
