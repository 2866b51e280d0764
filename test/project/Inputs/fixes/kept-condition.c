#include <linux/etherdevice.h>
#include <linux/pci.h>

struct port {
	struct work_struct work;
};

static void port_work(struct work_struct *work)
{
}

static int port_open(struct net_device *dev)
{
	struct port *p = netdev_priv(dev);

	schedule_work(&p->work);
	return 0;
}

static int port_stop(struct net_device *dev)
{
	struct port *p = netdev_priv(dev);

	cancel_work_sync(&p->work);
	return 0;
}

static const struct net_device_ops port_ops = {
	.ndo_open = port_open,
	.ndo_stop = port_stop,
};

static int condition_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct port));
	struct port *p;
	int err;

	if (!dev)
		return -ENOMEM;
	p = netdev_priv(dev);
	dev->netdev_ops = &port_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
#ifndef CONFIG_NO_WORK
	INIT_WORK(&p->work, port_work);
#endif
	return 0;
}

static void condition_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

static struct pci_driver condition_driver = {
	.name = "condition",
	.probe = condition_probe,
	.remove = condition_remove,
};
module_pci_driver(condition_driver);
