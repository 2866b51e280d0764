/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_STRING_H
#define _MOCK_LINUX_STRING_H

#include <linux/types.h>

void *memset(void *s, int c, size_t n);
void *memcpy(void *to, const void *from, size_t n);
int strcmp(const char *a, const char *b);
size_t strlen(const char *s);
ssize_t sized_strscpy(char *to, const char *from, size_t n);
#define strscpy(dst, src) sized_strscpy(dst, src, sizeof(dst))
#endif
