// RUN: %check %s
// ND-K05: the lifetime functions sleep.
/* OPTIONS: --precision=medium */
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

struct atomic_priv {
	struct net_device *dev;
	struct timer_list timer;
	struct list_head node;
};

static DEFINE_SPINLOCK(atomic_lock);
static LIST_HEAD(atomic_list);

static int atomic_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct atomic_priv));
	struct atomic_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	spin_lock(&atomic_lock);
	list_add(&priv->node, &atomic_list);
	spin_unlock(&atomic_lock);
	return 0;
}

static void bad_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct atomic_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	spin_lock(&atomic_lock);
	list_del(&priv->node);
	free_netdev(dev); /* WARN: netdev-atomic-context: free_netdev */
	spin_unlock(&atomic_lock);
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct atomic_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	spin_lock(&atomic_lock);
	list_del(&priv->node);
	spin_unlock(&atomic_lock);
	free_netdev(dev);
}

static void bad_queue_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	rtnl_lock();
	spin_lock(&atomic_lock);
	unregister_netdevice_queue(dev, NULL); /* WARN: netdev-atomic-context: unregister_netdevice_queue */
	spin_unlock(&atomic_lock);
	rtnl_unlock();
	free_netdev(dev);
}

static void ok_queue_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	LIST_HEAD(gone);

	rtnl_lock();
	spin_lock(&atomic_lock);
	dev_set_promiscuity(dev, -1);
	unregister_netdevice_queue(dev, &gone);
	spin_unlock(&atomic_lock);
	unregister_netdevice_many(&gone);
	rtnl_unlock();
	free_netdev(dev);
}

static void bad_irqsave_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	unsigned long flags;

	spin_lock_irqsave(&atomic_lock, flags);
	unregister_netdev(dev); /* WARN: netdev-atomic-context: unregister_netdev */
	spin_unlock_irqrestore(&atomic_lock, flags);
	free_netdev(dev);
}

static void bad_rcu_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	rcu_read_lock();
	unregister_netdev(dev); /* WARN: netdev-atomic-context: unregister_netdev */
	rcu_read_unlock();
	free_netdev(dev);
}

struct pci_driver atomic_driver_1 = { .probe = atomic_probe, .remove = bad_remove };
struct pci_driver atomic_driver_2 = { .probe = atomic_probe, .remove = ok_remove };
struct pci_driver atomic_driver_3 = { .probe = atomic_probe, .remove = bad_irqsave_remove };
struct pci_driver atomic_driver_4 = { .probe = atomic_probe, .remove = bad_rcu_remove };
struct pci_driver atomic_driver_5 = { .probe = atomic_probe, .remove = bad_queue_remove };
struct pci_driver atomic_driver_6 = { .probe = atomic_probe, .remove = ok_queue_remove };

/* A timer's function is atomic, a work item's is not. */
struct dying {
	struct timer_list timer;
	struct work_struct work;
	struct net_device *dev;
};

static void bad_timer(struct timer_list *t)
{
	struct dying *dying = from_timer(dying, t, timer);

	unregister_netdev(dying->dev); /* WARN: netdev-atomic-context: unregister_netdev */
}

static void ok_work(struct work_struct *work)
{
	struct dying *dying = container_of(work, struct dying, work);

	unregister_netdev(dying->dev);
	free_netdev(dying->dev);
}

void dying_start(struct dying *dying);
void dying_start(struct dying *dying)
{
	timer_setup(&dying->timer, bad_timer, 0);
	INIT_WORK(&dying->work, ok_work);
	mod_timer(&dying->timer, jiffies + HZ);
	schedule_work(&dying->work);
}
