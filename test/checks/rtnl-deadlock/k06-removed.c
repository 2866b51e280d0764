// RUN: %check %s
// ND-K06: attributes that the driver removes itself, without the RTNL, or that are
// the parent's, may wait for it.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>
#include <linux/sysfs.h>

static ssize_t ok_mode_store(struct device *d, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	rtnl_lock();
	netif_carrier_on(to_net_dev(d));
	rtnl_unlock();
	return count;
}

/* An attribute of the parent is removed without RTNL. */
static ssize_t ok_parent_store(struct device *d, struct device_attribute *attr,
			       const char *buf, size_t count)
{
	rtnl_lock();
	netif_carrier_on(dev_get_drvdata(d));
	rtnl_unlock();
	return count;
}

static struct device_attribute mode_attr = __ATTR(mode, 0200, NULL, ok_mode_store);
static struct device_attribute parent_attr = __ATTR(parent, 0200, NULL, ok_parent_store);

static int removed_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = device_create_file(&dev->dev, &mode_attr);
	if (err)
		goto err_unregister;
	err = device_create_file(&pdev->dev, &parent_attr);
	if (err)
		goto err_remove;
	return 0;

err_remove:
	device_remove_file(&dev->dev, &mode_attr);
err_unregister:
	unregister_netdev(dev);
err_free:
	free_netdev(dev);
	return err;
}

static void removed_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	device_remove_file(&pdev->dev, &parent_attr);
	device_remove_file(&dev->dev, &mode_attr);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver removed_driver = { .probe = removed_probe, .remove = removed_remove };
