// RUN: %check %s
// ND-L05: what probe leaves unregistered may still be so when remove begins,
// whatever could have registered it meanwhile.
#include <linux/completion.h>
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/workqueue.h>

struct put_off {
	struct net_device *dev;
	struct put_off *first;
	struct work_struct finish;
	struct completion finished;
	bool secondary;
};

static void put_off_finish(struct work_struct *work)
{
	struct put_off *p = container_of(work, struct put_off, finish);

	if (register_netdev(p->dev))
		netif_carrier_off(p->dev);
	complete(&p->finished);
}

static struct net_device *put_off_alloc(struct pci_dev *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct put_off));
	struct put_off *p;

	if (!dev)
		return NULL;
	p = netdev_priv(dev);
	p->dev = dev;
	INIT_WORK(&p->finish, put_off_finish);
	init_completion(&p->finished);
	pci_set_drvdata(pdev, p);
	return dev;
}

static int put_off_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = put_off_alloc(pdev);
	struct put_off *p;

	if (!dev)
		return -ENOMEM;
	p = netdev_priv(dev);
	schedule_work(&p->finish);
	return 0;
}

// The work may be cancelled before it ran.
static void bad_remove(struct pci_dev *pdev)
{
	struct put_off *p = pci_get_drvdata(pdev);

	cancel_work_sync(&p->finish);
	unregister_netdev(p->dev); /* WARN: netdev-unregister-state: 'p->dev' is unregistered by 'unregister_netdev' although it was never registered */
	free_netdev(p->dev);
}

struct pci_driver bad_driver = { .probe = put_off_probe, .remove = bad_remove };

static void ok_remove(struct pci_dev *pdev)
{
	struct put_off *p = pci_get_drvdata(pdev);

	cancel_work_sync(&p->finish);
	if (p->dev->reg_state == NETREG_REGISTERED)
		unregister_netdev(p->dev);
	free_netdev(p->dev);
}

struct pci_driver ok_driver = { .probe = put_off_probe, .remove = ok_remove };

// The work has run when this is through.
static void ok_waiting_remove(struct pci_dev *pdev)
{
	struct put_off *p = pci_get_drvdata(pdev);

	wait_for_completion(&p->finished);
	unregister_netdev(p->dev);
	free_netdev(p->dev);
}

struct pci_driver ok_waiting_driver = { .probe = put_off_probe, .remove = ok_waiting_remove };

// A secondary function is its own first until someone else claims it.
static int secondary_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = put_off_alloc(pdev);
	struct put_off *p;
	int err;

	if (!dev)
		return -ENOMEM;
	p = netdev_priv(dev);
	p->first = p;
	p->secondary = id->driver_data;
	if (p->secondary)
		return 0;
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static netdev_tx_t secondary_claimed(struct sk_buff *skb, struct net_device *dev)
{
	struct put_off *p = netdev_priv(dev);

	p->first = (struct put_off *)skb->data;
	return NETDEV_TX_OK;
}

const struct net_device_ops secondary_ops = { .ndo_start_xmit = secondary_claimed };

static void bad_secondary_remove(struct pci_dev *pdev)
{
	struct put_off *p = pci_get_drvdata(pdev);

	unregister_netdev(p->first->dev); /* WARN: netdev-unregister-state: 'p->first->dev' is unregistered by 'unregister_netdev' although it was never registered */
	free_netdev(p->dev);
}

struct pci_driver bad_secondary_driver = { .probe = secondary_probe, .remove = bad_secondary_remove };

static void ok_secondary_remove(struct pci_dev *pdev)
{
	struct put_off *p = pci_get_drvdata(pdev);

	if (p->first->dev->reg_state == NETREG_REGISTERED)
		unregister_netdev(p->first->dev);
	free_netdev(p->dev);
}

struct pci_driver ok_secondary_driver = { .probe = secondary_probe, .remove = ok_secondary_remove };
