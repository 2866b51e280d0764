# Run by test/house/package as root of a bare system that has the package in /root.
set -eu
apt-get -qq update
DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install /root/netdev-lint-*.deb >/dev/null
cd /root
netdev-lint --version
netdev-lint explain netdev-double-free | grep -q free_netdev
mkdir drivers
cat >drivers/twice.c <<'C'
#include <linux/etherdevice.h>
int twice(void)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	free_netdev(dev);
	free_netdev(dev);
	return 0;
}
C
netdev-lint drivers/twice.c --format=kernel -- -nostdinc -I/root/Inputs/include -D__KERNEL__ -std=gnu11 |
    grep -x '.*twice.c:9:2: warning: .* \[netdev-double-free\]'
apt-get -qq -y remove 'netdev-lint-*' >/dev/null
test ! -e /usr/bin/netdev-lint
echo "installed, ran, removed"
