/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_ATOMIC_H
#define _MOCK_LINUX_ATOMIC_H

#include <linux/types.h>

void atomic_set(atomic_t *v, int i);
int atomic_read(const atomic_t *v);
void atomic_inc(atomic_t *v);
void atomic_dec(atomic_t *v);
bool atomic_dec_and_test(atomic_t *v);
#endif
