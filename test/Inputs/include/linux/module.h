/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_MODULE_H
#define _MOCK_LINUX_MODULE_H

#include <linux/kernel.h>

struct module;
#define THIS_MODULE ((struct module *)0)
#define MODULE_LICENSE(s) _Static_assert(1, s)
#define MODULE_DESCRIPTION(s) _Static_assert(1, s)
#define MODULE_AUTHOR(s) _Static_assert(1, s)
#define MODULE_DEVICE_TABLE(type, name) \
	extern typeof(name) __mod_##type##__##name##_device_table __attribute__((unused, alias(#name)))
#define MODULE_ALIAS_RTNL_LINK(kind) _Static_assert(1, kind)
#define EXPORT_SYMBOL_GPL(sym) extern typeof(sym) sym
#define EXPORT_SYMBOL(sym) extern typeof(sym) sym

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);

#define module_init(initfn)						\
	static inline initcall_t __maybe_unused __inittest(void)	\
	{ return initfn; }						\
	int init_module(void) __attribute__((alias(#initfn)));
#define module_exit(exitfn)						\
	static inline exitcall_t __maybe_unused __exittest(void)	\
	{ return exitfn; }						\
	void cleanup_module(void) __attribute__((alias(#exitfn)));

#define module_driver(__driver, __register, __unregister)		\
	static int __init __driver##_init(void)				\
	{ return __register(&(__driver)); }				\
	module_init(__driver##_init);					\
	static void __exit __driver##_exit(void)			\
	{ __unregister(&(__driver)); }					\
	module_exit(__driver##_exit);
void __module_get(struct module *module);
void module_put(struct module *module);
#endif
