// RUN: %check %s
// ND-K02: who holds the RTNL may never get to where the callee takes it, if what
// decides that is passed by the callers and some of them do not hold it.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

struct port {
	struct net_device *dev;
	int kind;
};

/* Only the primary port has a device of its own. */
static void ok_release(struct port *port, int index)
{
	if (index == 0) {
		rtnl_lock();
		netif_carrier_off(port->dev);
		rtnl_unlock();
	}
}

/* Takes it in any case. */
static void bad_up(struct port *port)
{
	rtnl_lock(); /* WARN: netdev-rtnl-deadlock: rtnl_lock */
	netif_carrier_on(port->dev);
	rtnl_unlock();
}

int port_index(struct port *port);

static int ok_suspend(struct device *device)
{
	ok_release(dev_get_drvdata(device), 0);
	bad_up(dev_get_drvdata(device));
	return 0;
}

static int port_resume(struct device *device)
{
	struct port *port = dev_get_drvdata(device);

	rtnl_lock(); /* NOTE: the RTNL is taken by 'rtnl_lock' */
	ok_release(port, port_index(port));
	bad_up(port); /* NOTE: 'port_resume' calls 'bad_up' here */
	rtnl_unlock();
	return 0;
}

static SIMPLE_DEV_PM_OPS(port_pm, ok_suspend, port_resume);
struct pci_driver port_driver = { .driver.pm = &port_pm };
