// RUN: %check %s
// ND-I02: a flag that remove() sets keeps ndo_stop() from what is gone.
#include <linux/bitops.h>
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/workqueue.h>

/* OPTIONS: --precision=high */

#define GOING 0

struct flag_priv {
	unsigned long flags;
	struct workqueue_struct *wq;
	struct work_struct job;
	int counter;
};

static void flag_job(struct work_struct *work)
{
	struct flag_priv *p = container_of(work, struct flag_priv, job);

	p->counter++;
}

static int flag_stop(struct net_device *dev)
{
	struct flag_priv *p = netdev_priv(dev);

	if (test_bit(GOING, &p->flags))
		return 0;
	queue_work(p->wq, &p->job);
	flush_work(&p->job);
	return 0;
}

static const struct net_device_ops flag_ops = { .ndo_stop = flag_stop };

static int flag_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct flag_priv));
	struct flag_priv *p;
	int err;

	if (!dev)
		return -ENOMEM;
	p = netdev_priv(dev);
	INIT_WORK(&p->job, flag_job);
	p->wq = alloc_workqueue("flag", 0, 0);
	if (!p->wq) {
		free_netdev(dev);
		return -ENOMEM;
	}
	dev->netdev_ops = &flag_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		destroy_workqueue(p->wq);
		free_netdev(dev);
	}
	return err;
}

static void ok_flag_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct flag_priv *p = netdev_priv(dev);

	set_bit(GOING, &p->flags);
	destroy_workqueue(p->wq);
	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver flag_driver = { .probe = flag_probe, .remove = ok_flag_remove };
