// RUN: %check %s
// ND-L02: free_netdev() of a device that is still registered, also through a
// queue that is not flushed (E.1, ND-Q04).
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

static int plain_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	netif_stop_queue(dev);
	free_netdev(dev); /* WARN: netdev-free-while-registered */
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static void bad_queue_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	LIST_HEAD(list);

	rtnl_lock();
	unregister_netdevice_queue(dev, &list);
	free_netdev(dev); /* WARN: netdev-free-while-registered */
	unregister_netdevice_many(&list);
	rtnl_unlock();
}

static void ok_queue_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	LIST_HEAD(list);

	rtnl_lock();
	unregister_netdevice_queue(dev, &list);
	unregister_netdevice_many(&list);
	free_netdev(dev);
	rtnl_unlock();
}

static void ok_null_queue_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	rtnl_lock();
	unregister_netdevice_queue(dev, NULL);
	free_netdev(dev);
	rtnl_unlock();
}

struct pci_driver l02_driver_1 = { .probe = plain_probe, .remove = bad_remove };
struct pci_driver l02_driver_2 = { .probe = plain_probe, .remove = ok_remove };
struct pci_driver l02_driver_3 = { .probe = plain_probe, .remove = bad_queue_remove };
struct pci_driver l02_driver_4 = { .probe = plain_probe, .remove = ok_queue_remove };
struct pci_driver l02_driver_5 = { .probe = plain_probe, .remove = ok_null_queue_remove };
