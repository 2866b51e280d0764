// RUN: %check %s
// ND-I02: what a callback uses is destroyed while the device is still registered.
#include <linux/etherdevice.h>
#include <linux/io.h>
#include <linux/phy.h>
#include <linux/pci.h>

struct tear_priv {
	struct net_device *dev;
	void __iomem *regs;
	struct workqueue_struct *wq;
	struct work_struct reset;
	struct dentry *debugfs;
	u8 *buf;
};

static void tear_reset(struct work_struct *work)
{
	struct tear_priv *priv = container_of(work, struct tear_priv, reset);

	netif_wake_queue(priv->dev);
}

static int tear_open(struct net_device *dev)
{
	struct tear_priv *priv = netdev_priv(dev);

	writel(1, priv->regs);
	priv->buf[0] = 0;
	return 0;
}

static int tear_stop(struct net_device *dev)
{
	struct tear_priv *priv = netdev_priv(dev);

	writel(0, priv->regs);
	return 0;
}

static void tear_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct tear_priv *priv = netdev_priv(dev);

	queue_work(priv->wq, &priv->reset);
}

static const struct net_device_ops tear_ops = {
	.ndo_open = tear_open,
	.ndo_stop = tear_stop,
	.ndo_tx_timeout = tear_tx_timeout,
};

static int tear_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct tear_priv));
	struct tear_priv *priv;
	int err = -ENOMEM;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->reset, tear_reset);
	priv->buf = kzalloc(64, GFP_KERNEL);
	if (!priv->buf)
		goto err_free;
	priv->regs = pci_ioremap_bar(pdev, 0);
	if (!priv->regs)
		goto err_buf;
	priv->wq = alloc_workqueue("tear", 0, 0);
	if (!priv->wq)
		goto err_unmap;
	dev->netdev_ops = &tear_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_wq;
	return 0;

err_wq:
	destroy_workqueue(priv->wq);
err_unmap:
	iounmap(priv->regs);
err_buf:
	kfree(priv->buf);
err_free:
	free_netdev(dev);
	return err;
}

static void bad_unmap_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct tear_priv *priv = netdev_priv(dev);

	iounmap(priv->regs); /* WARN: netdev-teardown-before-unregister: regs */
	unregister_netdev(dev);
	destroy_workqueue(priv->wq);
	kfree(priv->buf);
	free_netdev(dev);
}

static void bad_wq_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct tear_priv *priv = netdev_priv(dev);

	destroy_workqueue(priv->wq); /* WARN: netdev-teardown-before-unregister: wq */
	unregister_netdev(dev);
	iounmap(priv->regs);
	kfree(priv->buf);
	free_netdev(dev);
}

static void bad_buf_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct tear_priv *priv = netdev_priv(dev);

	kfree(priv->buf); /* WARN: netdev-teardown-before-unregister: buf */
	unregister_netdev(dev);
	destroy_workqueue(priv->wq);
	iounmap(priv->regs);
	free_netdev(dev);
}

static void ok_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct tear_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	destroy_workqueue(priv->wq);
	iounmap(priv->regs);
	kfree(priv->buf);
	free_netdev(dev);
}

/* Insufficient by itself, but not wrong; and marking is no teardown. */
static void ok_quiesce_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct tear_priv *priv = netdev_priv(dev);

	netif_device_detach(dev);
	netif_carrier_off(dev);
	cancel_work_sync(&priv->reset);
	unregister_netdev(dev);
	destroy_workqueue(priv->wq);
	iounmap(priv->regs);
	kfree(priv->buf);
	free_netdev(dev);
}

struct pci_driver tear_driver_1 = { .probe = tear_probe, .remove = bad_unmap_remove };
struct pci_driver tear_driver_2 = { .probe = tear_probe, .remove = bad_wq_remove };
struct pci_driver tear_driver_3 = { .probe = tear_probe, .remove = bad_buf_remove };
struct pci_driver tear_driver_4 = { .probe = tear_probe, .remove = ok_remove };
struct pci_driver tear_driver_5 = { .probe = tear_probe, .remove = ok_quiesce_remove };
