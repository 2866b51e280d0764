// REQUIRES: plugin
// clang-tidy's comments silence a finding in both doors.
// RUN: %netdev-lint --format=kernel %s -- %mockflags > %t
// RUN: %clang-tidy --load=%plugin --checks='-*,netdev-*' %s -- %mockflags > %t.tidy 2> %t.err
// RUN: %filecheck %s --implicit-check-not=warning: < %t
// RUN: %filecheck %s --implicit-check-not=warning: < %t.tidy
#include <linux/etherdevice.h>

void bad_plain(struct net_device *dev)
{
	free_netdev(dev);
	// CHECK: :[[@LINE+1]]:2: warning: {{.*}} [netdev-double-free]
	free_netdev(dev);
}

void ok_same_line(struct net_device *dev)
{
	free_netdev(dev);
	free_netdev(dev); // NOLINT(netdev-double-free): a test
}

void ok_all(struct net_device *dev)
{
	free_netdev(dev);
	free_netdev(dev); /* NOLINT */
}

void bad_other_check(struct net_device *dev)
{
	free_netdev(dev);
	// CHECK: :[[@LINE+1]]:2: warning: {{.*}} [netdev-double-free]
	free_netdev(dev); // NOLINT(netdev-leak)
}

void ok_next_line(struct net_device *dev)
{
	free_netdev(dev);
	// NOLINTNEXTLINE(netdev-*)
	free_netdev(dev);
}

void ok_block(struct net_device *dev)
{
	// NOLINTBEGIN(netdev-double-free)
	free_netdev(dev);
	free_netdev(dev);
	// NOLINTEND(netdev-double-free)
}

#define FREE_TWICE(d) do { free_netdev(d); free_netdev(d); /* NOLINT */ } while (0)

void bad_macro(struct net_device *dev)
{
	// CHECK: :[[@LINE+1]]:2: warning: {{.*}} [netdev-double-free]
	FREE_TWICE(dev);
}

void ok_macro(struct net_device *dev)
{
	FREE_TWICE(dev); // NOLINT
}
