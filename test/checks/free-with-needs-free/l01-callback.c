// RUN: %check %s
// ND-L01: ports that the core frees, taken down by a callback of another core's.
#include <linux/netdevice.h>
#include <linux/etherdevice.h>
#include <linux/slab.h>

struct port {
	struct net_device *dev;
};

struct chip {
	int nports;
	struct port *ports[8];
};

struct chip_ops {
	int (*init)(struct chip *chip);
	void (*fini)(struct chip *chip);
};

static int port_create(struct chip *chip, int i)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct port));
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	chip->ports[i] = netdev_priv(dev);
	chip->ports[i]->dev = dev;
	err = register_netdev(dev);
	if (err) {
		chip->ports[i] = NULL;
		free_netdev(dev);
	}
	return err;
}

static void bad_port_remove(struct chip *chip, int i)
{
	struct port *port = chip->ports[i];

	unregister_netdev(port->dev);
	free_netdev(port->dev); /* WARN: netdev-free-with-needs-free: 'free_netdev' frees 'port->dev' although 'needs_free_netdev' made the core free it */
}

static int chip_init(struct chip *chip)
{
	int i, err;

	for (i = 0; i < chip->nports; i++) {
		err = port_create(chip, i);
		if (err)
			goto remove;
	}
	return 0;
remove:
	for (i--; i >= 0; i--)
		bad_port_remove(chip, i);
	return err;
}

static void chip_fini(struct chip *chip)
{
	int i;

	for (i = 0; i < chip->nports; i++)
		if (chip->ports[i])
			bad_port_remove(chip, i);
}

const struct chip_ops chip_ops = { .init = chip_init, .fini = chip_fini };
