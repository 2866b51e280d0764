// RUN: %check %s
// ND-W01: the handler whose name says that it puts its structure owns a
// reference to it if that is what the function does; to put an index is not.
#include <linux/delay.h>
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct hw {
	struct net_device *dev;
	struct work_struct restart;
	int index;
};

void hw_write(int reg, int value);

static void hw_put_index(struct hw *hw)
{
	hw_write(0, hw->index);
}

static void hw_restart(struct work_struct *work)
{
	struct hw *hw = container_of(work, struct hw, restart);

	hw_put_index(hw);
}

static void hw_tx_timeout(struct net_device *dev, unsigned int queue)
{
	struct hw **priv = netdev_priv(dev);

	schedule_work(&(*priv)->restart);
}

static const struct net_device_ops hw_ops = {
	.ndo_tx_timeout = hw_tx_timeout,
};

static int hw_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct hw *hw = kzalloc(sizeof(*hw), GFP_KERNEL);
	int err;

	if (!hw)
		return -ENOMEM;
	INIT_WORK(&hw->restart, hw_restart);
	hw->dev = alloc_etherdev(sizeof(struct hw *));
	if (!hw->dev) {
		kfree(hw);
		return -ENOMEM;
	}
	*(struct hw **)netdev_priv(hw->dev) = hw;
	hw->dev->netdev_ops = &hw_ops;
	err = register_netdev(hw->dev);
	if (err) {
		free_netdev(hw->dev);
		kfree(hw);
		return err;
	}
	pci_set_drvdata(pdev, hw);
	return 0;
}

static void bad_remove(struct pci_dev *pdev)
{
	struct hw *hw = pci_get_drvdata(pdev);

	unregister_netdev(hw->dev);
	free_netdev(hw->dev);
	kfree(hw); /* WARN: netdev-pending-work: may still be pending when 'kfree' frees the memory it is in */
}

static struct pci_driver hw_driver = {
	.name = "hw",
	.probe = hw_probe,
	.remove = bad_remove,
};

/* Who queues it takes a reference, and the handler puts that. */
struct counted {
	struct net_device *dev;
	struct work_struct restart;
	refcount_t users;
};

static void counted_put(struct counted *c)
{
	refcount_dec(&c->users);
}

static void counted_restart(struct work_struct *work)
{
	counted_put(container_of(work, struct counted, restart));
}

static void ok_tx_timeout(struct net_device *dev, unsigned int queue)
{
	struct counted *c = *(struct counted **)netdev_priv(dev);

	refcount_inc(&c->users);
	if (!schedule_work(&c->restart))
		counted_put(c);
}

const struct net_device_ops counted_ops = {
	.ndo_tx_timeout = ok_tx_timeout,
};

struct counted *ok_make(void);
struct counted *ok_make(void)
{
	struct counted *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (c)
		INIT_WORK(&c->restart, counted_restart);
	return c;
}

static void ok_remove(struct pci_dev *pdev)
{
	struct counted *c = pci_get_drvdata(pdev);

	while (refcount_read(&c->users))
		msleep(1);
	kfree(c);
}

static struct pci_driver counted_driver = {
	.name = "counted",
	.remove = ok_remove,
};
struct pci_driver *put_drivers[] = { &hw_driver, &counted_driver };
MODULE_LICENSE("GPL");
