/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_BUG_H
#define _MOCK_LINUX_BUG_H

#include <linux/compiler.h>

void warn_slowpath_fmt(const char *file, const int line, unsigned int taint,
		       const char *fmt, ...) __printf(4, 5);

#define BUG() do {				\
	__asm__ __volatile__("ud2");		\
	unreachable();				\
} while (0)
#define BUG_ON(condition) do { if (unlikely(condition)) BUG(); } while (0)
#define WARN(condition, format...) ({					\
	int __ret_warn_on = !!(condition);				\
	if (unlikely(__ret_warn_on))					\
		warn_slowpath_fmt(__FILE__, __LINE__, 9, format);	\
	unlikely(__ret_warn_on);					\
})
#define WARN_ON(condition) WARN(condition, "%s", "")
#define WARN_ON_ONCE(condition) WARN_ON(condition)
#define WARN_ONCE(condition, format...) WARN(condition, format)
#define BUILD_BUG_ON(condition) _Static_assert(!(condition), #condition)
#endif
