// RUN: %check %s
// ND-L08: the module makes and unregisters devices, is all here, and frees none.
#include <linux/etherdevice.h>
#include <linux/module.h>

struct bridge_port {
	struct net_device *dev;
};

int port_connect(struct bridge_port *port);
int port_connect(struct bridge_port *port)
{
	port->dev = alloc_etherdev(0);
	if (!port->dev)
		return -ENOMEM;
	return register_netdev(port->dev);
}

void bad_port_disconnect(struct bridge_port *port);
void bad_port_disconnect(struct bridge_port *port)
{
	unregister_netdev(port->dev); /* WARN: netdev-leak: the devices are unregistered but never freed */
}

static int __init port_init(void)
{
	return 0;
}

static void __exit port_exit(void)
{
}
module_init(port_init);
module_exit(port_exit);
