// RUN: %check %s
// Class 3: a module that makes several devices forgets the one that failed.
#include <linux/module.h>
#include <linux/netdevice.h>

#define PORTS 4

static struct net_device *ports[PORTS];

static void port_setup(struct net_device *dev)
{
	dev->mtu = 1500;
}

static int __init bad_init(void)
{
	struct net_device *dev;
	int i, err;

	for (i = 0; i < PORTS; i++) {
		dev = alloc_netdev(0, "port%d", NET_NAME_ENUM, port_setup);
		if (!dev) {
			err = -ENOMEM;
			goto error;
		}
		err = register_netdev(dev);
		if (err)
			goto error;
		ports[i] = dev;
	}
	return 0;

error:
	while (--i >= 0) {
		unregister_netdev(ports[i]);
		free_netdev(ports[i]);
	}
	return err; /* WARN: netdev-leak */
}

static void __exit ok_exit(void)
{
	int i;

	for (i = 0; i < PORTS; i++) {
		unregister_netdev(ports[i]);
		free_netdev(ports[i]);
	}
}

module_init(bad_init);
module_exit(ok_exit);
MODULE_LICENSE("GPL");
