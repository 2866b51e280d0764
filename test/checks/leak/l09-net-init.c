// RUN: %check %s
// ND-L09: a net's init that fails. The core frees the area it has for the module
// and calls no exit for that net, so what the area keeps is lost.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <net/net_namespace.h>

struct area_net {
	struct net_device *fallback;
};

static unsigned int area_id;

static void area_setup(struct net_device *dev)
{
	dev->needs_free_netdev = true;
}

static int bad_area_init(struct net *net)
{
	struct area_net *an = net_generic(net, area_id);
	int err;

	an->fallback = alloc_netdev(0, "fb0", 0, area_setup); /* NOTE: alloc */
	if (!an->fallback)
		return -ENOMEM;
	err = register_netdev(an->fallback); /* NOTE: fails */
	if (err)
		return err; /* WARN: netdev-leak: registration failed */
	return 0;
}

static int ok_area_init(struct net *net)
{
	struct area_net *an = net_generic(net, area_id);
	int err;

	an->fallback = alloc_netdev(0, "fb0", 0, area_setup);
	if (!an->fallback)
		return -ENOMEM;
	err = register_netdev(an->fallback);
	if (err)
		free_netdev(an->fallback);
	return err;
}

/* Nobody says that this one's caller forgets the area. */
int ok_area_refresh(struct net *net)
{
	struct area_net *an = net_generic(net, area_id);
	int err;

	an->fallback = alloc_netdev(0, "fb0", 0, area_setup);
	if (!an->fallback)
		return -ENOMEM;
	err = register_netdev(an->fallback);
	return err;
}

static void area_exit(struct net *net)
{
	struct area_net *an = net_generic(net, area_id);

	if (an->fallback)
		unregister_netdev(an->fallback);
}

static struct pernet_operations bad_area_ops = {
	.init = bad_area_init,
	.exit = area_exit,
	.id = &area_id,
	.size = sizeof(struct area_net),
};

static struct pernet_operations ok_area_ops = {
	.init = ok_area_init,
	.exit = area_exit,
	.id = &area_id,
	.size = sizeof(struct area_net),
};
