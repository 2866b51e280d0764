// RUN: %check %s
// ND-W01: that a device destroys a queue of its own is no end of what is on another.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/workqueue.h>

struct nic {
	struct net_device *dev;
	struct work_struct reset;
	struct work_struct stats;
	struct workqueue_struct *own;
};

static struct workqueue_struct *nic_wq;

static void nic_reset(struct work_struct *work)
{
	struct nic *n = container_of(work, struct nic, reset);

	netif_wake_queue(n->dev);
}

static void nic_stats(struct work_struct *work)
{
	struct nic *n = container_of(work, struct nic, stats);

	netif_wake_queue(n->dev);
}

static void nic_timeout(struct net_device *dev, unsigned int queue)
{
	struct nic *n = netdev_priv(dev);

	queue_work(nic_wq, &n->reset);
	queue_work(n->own, &n->stats);
}

static const struct net_device_ops nic_ops = { .ndo_tx_timeout = nic_timeout };

static int nic_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct nic));
	struct nic *n;
	int err;

	if (!dev)
		return -ENOMEM;
	n = netdev_priv(dev);
	n->dev = dev;
	n->own = alloc_workqueue("own", 0, 0);
	if (!n->own) {
		free_netdev(dev);
		return -ENOMEM;
	}
	INIT_WORK(&n->reset, nic_reset);
	INIT_WORK(&n->stats, nic_stats);
	dev->netdev_ops = &nic_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		destroy_workqueue(n->own);
		free_netdev(dev);
	}
	return err;
}

static void bad_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct nic *n = netdev_priv(dev);

	unregister_netdev(dev);
	destroy_workqueue(n->own);
	free_netdev(dev); /* WARN: netdev-pending-work: 'nic->reset' (work) may still be pending when the device is freed; nothing cancels it */
}

static struct pci_driver nic_driver = { .name = "nic", .probe = nic_probe, .remove = bad_remove };

static int __init nic_init(void)
{
	int err;

	nic_wq = alloc_workqueue("nic", 0, 0);
	if (!nic_wq)
		return -ENOMEM;
	err = pci_register_driver(&nic_driver);
	if (err)
		destroy_workqueue(nic_wq);
	return err;
}
module_init(nic_init);

static void __exit nic_exit(void)
{
	pci_unregister_driver(&nic_driver);
	destroy_workqueue(nic_wq);
}
module_exit(nic_exit);
