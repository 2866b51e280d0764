/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_REFCOUNT_H
#define _MOCK_LINUX_REFCOUNT_H

#include <linux/atomic.h>

typedef struct refcount_struct { atomic_t refs; } refcount_t;
void refcount_set(refcount_t *r, int n);
void refcount_inc(refcount_t *r);
void refcount_dec(refcount_t *r);
unsigned int refcount_read(const refcount_t *r);
bool refcount_dec_and_test(refcount_t *r);
#endif
