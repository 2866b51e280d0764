// RUN: %check %s
// ND-L02: what a helper did three times for one number says nothing of another.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>

struct port {
	struct net_device *netdev;
};

extern struct port the_port;

static void bad_port_off(struct port *p, int off)
{
	if (off)
		free_netdev(p->netdev); /* WARN: netdev-free-while-registered: while it is registered */
}

static void ok_port_off(struct port *p, int off)
{
	if (off) {
		unregister_netdev(p->netdev);
		free_netdev(p->netdev);
	}
}

static int port_make(struct port *p, struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	p->netdev = dev;
	if (register_netdev(dev)) {
		p->netdev = NULL;
		free_netdev(dev);
		return -EIO;
	}
	platform_set_drvdata(pdev, p);
	return 0;
}

static int first_probe(struct platform_device *pdev)
{
	struct port *p = &the_port;
	int err = port_make(p, pdev);

	if (err)
		return err;
	bad_port_off(p, 0);
	bad_port_off(p, 0);
	bad_port_off(p, 0);
	bad_port_off(p, 1);
	return -EIO;
}

static int second_probe(struct platform_device *pdev)
{
	struct port *p = &the_port;
	int err = port_make(p, pdev);

	if (err)
		return err;
	ok_port_off(p, 0);
	ok_port_off(p, 0);
	ok_port_off(p, 0);
	ok_port_off(p, 1);
	return -EIO;
}

static struct platform_driver first_driver = {
	.probe = first_probe,
};
static struct platform_driver second_driver = {
	.probe = second_probe,
};
struct platform_driver *calm_drivers[] = { &first_driver, &second_driver };
MODULE_LICENSE("GPL");
