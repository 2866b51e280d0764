// RUN: %check %s
// ND-L05: a device that work registers, some time after probe, is perhaps
// registered when remove begins.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>
#include <linux/workqueue.h>

struct late {
	struct net_device *dev;
	struct work_struct finish;
	bool registered;
};

static void late_finish(struct work_struct *work)
{
	struct late *late = container_of(work, struct late, finish);

	rtnl_lock();
	if (!register_netdevice(late->dev))
		late->registered = true;
	rtnl_unlock();
}

static int late_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct late));
	struct late *late;

	if (!dev)
		return -ENOMEM;
	late = netdev_priv(dev);
	late->dev = dev;
	INIT_WORK(&late->finish, late_finish);
	pci_set_drvdata(pdev, late);
	schedule_work(&late->finish);
	return 0;
}

static void ok_late_remove(struct pci_dev *pdev)
{
	struct late *late = pci_get_drvdata(pdev);

	cancel_work_sync(&late->finish);
	rtnl_lock();
	if (late->registered)
		unregister_netdevice(late->dev);
	rtnl_unlock();
	free_netdev(late->dev);
}

struct pci_driver late_driver = { .probe = late_probe, .remove = ok_late_remove };
