// RUN: %check %s
// ND-L04, E.31: the private area and all that is embedded in it goes with the
// device.
#include <linux/can/dev.h>
#include <linux/etherdevice.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/usb.h>

struct uaf_priv {
	struct net_device *dev;
	void __iomem *regs;
	struct napi_struct napi;
	struct work_struct reset;
	u8 *buf;
};

static int uaf_poll(struct napi_struct *napi, int budget)
{
	napi_complete_done(napi, 0);
	return 0;
}

static void uaf_reset(struct work_struct *work)
{
	struct uaf_priv *priv = container_of(work, struct uaf_priv, reset);

	netif_wake_queue(priv->dev);
}

static int uaf_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct uaf_priv));
	struct uaf_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->reset, uaf_reset);
	netif_napi_add(dev, &priv->napi, uaf_poll);
	priv->regs = pci_ioremap_bar(pdev, 0);
	if (!priv->regs) {
		err = -EIO;
		goto err_free;
	}
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_unmap;
	return 0;

err_unmap:
	iounmap(priv->regs);
err_free:
	free_netdev(dev);
	return err;
}

static void bad_regs_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct uaf_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	free_netdev(dev); /* NOTE: free */
	iounmap(priv->regs); /* WARN: netdev-use-after-free: regs */
}

static void ok_regs_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct uaf_priv *priv = netdev_priv(dev);
	void __iomem *regs = priv->regs;

	unregister_netdev(dev);
	free_netdev(dev);
	iounmap(regs);
}

static void bad_napi_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct uaf_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	iounmap(priv->regs);
	free_netdev(dev);
	netif_napi_del(&priv->napi); /* WARN: netdev-use-after-free */
}

static void ok_napi_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct uaf_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	iounmap(priv->regs);
	netif_napi_del(&priv->napi);
	free_netdev(dev);
}

/* E.31: cancelling work that lived in the device. */
static void bad_cancel_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct uaf_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	iounmap(priv->regs);
	free_netdev(dev);
	cancel_work_sync(&priv->reset); /* WARN: netdev-use-after-free */
}

static void ok_cancel_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct uaf_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	iounmap(priv->regs);
	cancel_work_sync(&priv->reset);
	free_netdev(dev);
}

static void bad_name_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct uaf_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	iounmap(priv->regs);
	free_netdev(dev);
	dev_info(&pdev->dev, "%s is gone\n", dev->name); /* WARN: netdev-use-after-free: name */
}

static void ok_name_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct uaf_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	iounmap(priv->regs);
	dev_info(&pdev->dev, "%s is gone\n", dev->name);
	free_netdev(dev);
}

struct pci_driver uaf_driver_1 = { .probe = uaf_probe, .remove = bad_regs_remove };
struct pci_driver uaf_driver_2 = { .probe = uaf_probe, .remove = ok_regs_remove };
struct pci_driver uaf_driver_3 = { .probe = uaf_probe, .remove = bad_napi_remove };
struct pci_driver uaf_driver_4 = { .probe = uaf_probe, .remove = ok_napi_remove };
struct pci_driver uaf_driver_5 = { .probe = uaf_probe, .remove = bad_cancel_remove };
struct pci_driver uaf_driver_6 = { .probe = uaf_probe, .remove = ok_cancel_remove };
struct pci_driver uaf_driver_7 = { .probe = uaf_probe, .remove = bad_name_remove };
struct pci_driver uaf_driver_8 = { .probe = uaf_probe, .remove = ok_name_remove };

/* The back pointer: free_candev(priv->netdev) frees priv. */
struct can_uaf {
	struct can_priv can;
	struct net_device *netdev;
	u8 *cmd_buf;
};

static int can_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *netdev = alloc_candev(sizeof(struct can_uaf), 1);
	struct can_uaf *priv;
	int err = -ENOMEM;

	if (!netdev)
		return -ENOMEM;
	priv = netdev_priv(netdev);
	priv->netdev = netdev;
	priv->cmd_buf = kmalloc(16, GFP_KERNEL);
	if (!priv->cmd_buf)
		goto err_free;
	usb_set_intfdata(intf, priv);
	err = register_candev(netdev);
	if (err)
		goto err_buf;
	return 0;

err_buf:
	kfree(priv->cmd_buf);
err_free:
	free_candev(netdev);
	return err;
}

static void bad_can_disconnect(struct usb_interface *intf)
{
	struct can_uaf *priv = usb_get_intfdata(intf);

	unregister_candev(priv->netdev);
	free_candev(priv->netdev);
	kfree(priv->cmd_buf); /* WARN: netdev-use-after-free: cmd_buf */
}

static void ok_can_disconnect(struct usb_interface *intf)
{
	struct can_uaf *priv = usb_get_intfdata(intf);

	unregister_candev(priv->netdev);
	kfree(priv->cmd_buf);
	free_candev(priv->netdev);
}

struct usb_driver can_driver_1 = { .probe = can_probe, .disconnect = bad_can_disconnect };
struct usb_driver can_driver_2 = { .probe = can_probe, .disconnect = ok_can_disconnect };
