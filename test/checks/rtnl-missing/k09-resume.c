// RUN: %check %s
// ND-K09: the bus calls resume and the error handlers while the device is
// registered, so what open does under the RTNL needs it there too.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

struct queue_priv {
	struct net_device *dev;
	int num;
};

static int bad_up(struct queue_priv *priv)
{
	return netif_set_real_num_tx_queues(priv->dev, priv->num); /* WARN: netdev-rtnl-missing: once the device is registered */
}

static int ok_up(struct queue_priv *priv)
{
	return netif_set_real_num_tx_queues(priv->dev, priv->num);
}

static int queue_open(struct net_device *dev)
{
	return bad_up(netdev_priv(dev));
}

static const struct net_device_ops queue_ops = { .ndo_open = queue_open };

static int queue_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct queue_priv));
	struct queue_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &queue_ops;
	pci_set_drvdata(pdev, priv);
	ok_up(priv); /* not registered yet */
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void queue_remove(struct pci_dev *pdev)
{
	struct queue_priv *priv = pci_get_drvdata(pdev);
	struct net_device *dev = priv->dev;

	unregister_netdev(dev);
	ok_up(priv); /* not registered any more */
	free_netdev(dev);
}

static int queue_resume(struct device *device) /* NOTE: called without the RTNL */
{
	struct queue_priv *priv = dev_get_drvdata(device);

	return bad_up(priv); /* NOTE: calls 'bad_up' */
}

static int ok_resume(struct device *device)
{
	struct queue_priv *priv = dev_get_drvdata(device);
	int err;

	rtnl_lock();
	err = ok_up(priv);
	rtnl_unlock();
	return err;
}

/* PTR_IF(IS_ENABLED(CONFIG_PM_SLEEP), f) is how the kernel writes it today. */
#define mock_pm_ptr(f) ((1) ? (f) : NULL)

static const struct dev_pm_ops bad_pm = { .resume = mock_pm_ptr(queue_resume) };
static const struct dev_pm_ops ok_pm = { .resume = mock_pm_ptr(ok_resume) };

struct pci_driver queue_driver_1 = {
	.probe = queue_probe, .remove = queue_remove, .driver.pm = mock_pm_ptr(&bad_pm) };
struct pci_driver queue_driver_2 = {
	.probe = queue_probe, .remove = queue_remove, .driver.pm = mock_pm_ptr(&ok_pm) };

/* Work that a callback of the device arms runs for a registered device. */
struct reset_priv {
	struct net_device *dev;
	struct work_struct reset;
	struct work_struct early;
};

static void bad_reset(struct work_struct *work)
{
	struct reset_priv *priv = container_of(work, struct reset_priv, reset);

	netif_set_real_num_rx_queues(priv->dev, 2); /* WARN: netdev-rtnl-missing: once the device is registered */
}

/* Nothing says so of this one. */
static void ok_early(struct work_struct *work)
{
	struct reset_priv *priv = container_of(work, struct reset_priv, early);

	netif_set_real_num_rx_queues(priv->dev, 2);
}

static void reset_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct reset_priv *priv = netdev_priv(dev);

	schedule_work(&priv->reset); /* NOTE: arms it here */
}

const struct net_device_ops reset_ops = { .ndo_tx_timeout = reset_timeout };

void reset_setup(struct reset_priv *priv);
void reset_setup(struct reset_priv *priv)
{
	INIT_WORK(&priv->reset, bad_reset);
	INIT_WORK(&priv->early, ok_early);
	schedule_work(&priv->early);
}
