// RUN: %check %s
// ND-L02: in a long entry a helper is not executed for each path. It is where
// a device has come further since, for another number, and for a pointer.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <many-paths.h>

struct port {
	struct net_device *netdev;
	int users;
};

struct card {
	struct port ports[1];
};

extern struct card the_card;

#define TEST_CARD()							\
	do {								\
		TEST_64(0); TEST_64(1); TEST_64(2); TEST_64(3);		\
		TEST_64(4); TEST_64(5); TEST_64(6); TEST_64(7);		\
	} while (0)

static struct port *card_port(struct card *c)
{
	struct port *p = &c->ports[0];

	if (!p->netdev)
		free_netdev(NULL);
	return p;
}

static void bad_port_close(struct port *p)
{
	if (p->users)
		free_netdev(p->netdev); /* WARN: netdev-free-while-registered: while it is registered */
}

static void bad_port_off(struct port *p, int off)
{
	if (off)
		free_netdev(p->netdev); /* WARN: netdev-free-while-registered: while it is registered */
}

static int port_make(struct port *p)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	p->netdev = dev;
	p->users = 0;
	return 0;
}

static int port_add(struct port *p)
{
	if (register_netdev(p->netdev)) {
		free_netdev(p->netdev);
		p->netdev = NULL;
		return -EIO;
	}
	p->users = 1;
	return 0;
}

static int close_probe(struct platform_device *pdev)
{
	struct port *p = &the_card.ports[0];
	int err = port_make(p);

	if (err)
		return err;
	bad_port_close(p);
	TEST_CARD();
	err = port_add(p);
	if (err)
		return err;
	bad_port_close(p);
	return -EIO;
}

static int off_probe(struct platform_device *pdev)
{
	struct port *p = &the_card.ports[0];
	int err = port_make(p);

	if (err)
		return err;
	err = port_add(p);
	if (err)
		return err;
	bad_port_off(p, 0);
	TEST_CARD();
	bad_port_off(p, 0);
	bad_port_off(p, 1);
	return -EIO;
}

static int ok_probe(struct platform_device *pdev)
{
	struct port *p = &the_card.ports[0];
	int err = port_make(p);

	if (err)
		return err;
	err = port_add(p);
	if (err)
		return err;
	p = card_port(&the_card);
	TEST_CARD();
	p = card_port(&the_card);
	unregister_netdev(p->netdev);
	free_netdev(p->netdev);
	return -EIO;
}

static int bad_base_probe(struct platform_device *pdev)
{
	struct port *p = &the_card.ports[0];
	int err = port_make(p);

	if (err)
		return err;
	err = port_add(p);
	if (err)
		return err;
	p = card_port(&the_card);
	TEST_CARD();
	p = card_port(&the_card);
	free_netdev(p->netdev); /* WARN: netdev-free-while-registered: while it is registered */
	return -EIO;
}

static struct platform_driver close_driver = {
	.probe = close_probe,
};
static struct platform_driver off_driver = {
	.probe = off_probe,
};
static struct platform_driver base_driver = {
	.probe = bad_base_probe,
};
static struct platform_driver ok_driver = {
	.probe = ok_probe,
};
struct platform_driver *long_drivers[] = {
	&close_driver, &off_driver, &base_driver, &ok_driver
};
MODULE_LICENSE("GPL");
