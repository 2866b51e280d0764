// RUN: %check %s
// ND-R06, ND-R10: the sites of one reference agree on who takes it and on its tracker.
#include <linux/netdevice.h>

struct port {
	struct net_device *dev;
	netdevice_tracker tracker;
};

struct peer {
	struct port *port;
	netdevice_tracker tracker;
};

struct port *port_by_name(const char *name);

int ok_attach(struct peer *peer, const char *name);
int ok_attach(struct peer *peer, const char *name)
{
	struct port *port = port_by_name(name);

	if (!port)
		return -ENODEV;
	peer->port = port;
	netdev_hold(port->dev, &peer->tracker, GFP_KERNEL);
	return 0;
}

int bad_attach(struct peer *peer, const char *name);
int bad_attach(struct peer *peer, const char *name)
{
	struct port *port = port_by_name(name);

	if (!port)
		return -ENODEV;
	peer->port = port; /* WARN: netdev-reference-misuse: without taking */
	return 0;
}

void ok_detach(struct peer *peer);
void ok_detach(struct peer *peer)
{
	struct port *port = peer->port;

	if (!port)
		return;
	netdev_put(port->dev, &peer->tracker);
	peer->port = NULL;
}

void bad_kill(struct peer *peer);
void bad_kill(struct peer *peer)
{
	struct port *port = peer->port;

	netdev_put(port->dev, &port->tracker); /* WARN: netdev-reference-misuse: was taken with */
	peer->port = NULL;
}
