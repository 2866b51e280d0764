/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_IO_H
#define _MOCK_LINUX_IO_H

#include <linux/types.h>

void __iomem *ioremap(resource_size_t offset, unsigned long size);
void iounmap(volatile void __iomem *addr);
unsigned int readl(const volatile void __iomem *addr);
void writel(unsigned int val, volatile void __iomem *addr);
#endif
