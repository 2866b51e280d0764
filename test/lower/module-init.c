// RUN: %check %s
// module_init() of code that is built in, beside an exported function that looks like one.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

#define ADDRESSABLE(sym) \
	static void *__attribute__((used)) __UNIQUE_ID___addressable_##sym##7 = (void *)(unsigned long)&sym;
#define ____define_initcall(fn)	ADDRESSABLE(fn)
#define device_initcall(fn)	____define_initcall(fn)
#define __exitcall(fn)		static void (*__exitcall_##fn)(void) __attribute__((used)) = fn;
#define BUILTIN_EXPORT(sym)	extern typeof(sym) sym; ADDRESSABLE(sym)

static struct net_device *only;

static int __init plain_init(void)
{
	only = alloc_netdev(0, "only%d", NET_NAME_UNKNOWN, ether_setup);
	if (!only)
		return -ENOMEM;
	if (register_netdev(only)) {
		free_netdev(only);
		only = NULL;
		return -EIO;
	}
	return 0;
}
device_initcall(plain_init);

static void __exit bad_exit(void)
{
	free_netdev(only); /* WARN: netdev-free-while-registered */
}
__exitcall(bad_exit);

int ok_exported(void)
{
	return only ? 0 : -ENODEV;
}
BUILTIN_EXPORT(ok_exported);
