// RUN: %check %s
// __free(), no_free_ptr(), guard() and scoped_guard(): what the scope does at its end.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

DEFINE_FREE(free_netdev, struct net_device *, if (_T) free_netdev(_T))
/* What is freed twice belongs to the end of the scope, in fn_free_probe: it is found here. */
DEFINE_FREE(bad_free, struct net_device *, if (_T) free_netdev(_T)) /* WARN: netdev-double-free: freed twice */

static int ok_free_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev __free(free_netdev) = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err)
		return err;
	pci_set_drvdata(pdev, no_free_ptr(dev));
	return 0;
}

static int fn_free_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev __free(bad_free) = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err; /* MISS: netdev-double-free */
	}
	pci_set_drvdata(pdev, no_free_ptr(dev));
	return 0;
}

static void ok_guard_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	scoped_guard(rtnl) {
		unregister_netdevice(dev);
	}
	free_netdev(dev);
}

static void nf_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static int nf_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_netdev(0, "nf%d", NET_NAME_ENUM, nf_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

/* The device dies where the guard ends. */
static void bad_guard_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	scoped_guard(rtnl) {
		unregister_netdevice(dev);
	}
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_inside_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	guard(rtnl)();
	unregister_netdevice(dev);
	free_netdev(dev);
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = ok_free_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = fn_free_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = ok_free_probe, .remove = ok_guard_remove };
struct pci_driver driver_4 = { .probe = nf_probe, .remove = bad_guard_remove };
struct pci_driver driver_5 = { .probe = nf_probe, .remove = ok_inside_remove };
