// RUN: %check %s
// ND-W01: a USB request that may complete after the device is gone.
#include <linux/etherdevice.h>
#include <linux/usb.h>

struct urb_priv {
	struct net_device *dev;
	struct usb_device *udev;
	struct urb *urb;
	u8 buffer[64];
};

static void urb_complete(struct urb *urb)
{
	struct urb_priv *priv = urb->context;

	priv->dev->stats.rx_packets++;
}

static int urb_open(struct net_device *dev)
{
	struct urb_priv *priv = netdev_priv(dev);

	usb_fill_bulk_urb(priv->urb, priv->udev, 0, priv->buffer, sizeof(priv->buffer),
			  urb_complete, priv);
	return usb_submit_urb(priv->urb, GFP_KERNEL);
}

static const struct net_device_ops urb_ops = {
	.ndo_open = urb_open,
};

static int urb_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct urb_priv));
	struct urb_priv *priv;
	int err = -ENOMEM;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	priv->udev = interface_to_usbdev(intf);
	priv->urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!priv->urb)
		goto err_free;
	dev->netdev_ops = &urb_ops;
	usb_set_intfdata(intf, dev);
	err = register_netdev(dev);
	if (err)
		goto err_urb;
	return 0;

err_urb:
	usb_free_urb(priv->urb);
err_free:
	free_netdev(dev);
	return err;
}

static void bad_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);
	struct urb_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	usb_free_urb(priv->urb);
	free_netdev(dev); /* WARN: netdev-pending-work: 'urb_priv->urb' (urb) */
}

static struct usb_driver urb_driver = {
	.name = "urb",
	.probe = urb_probe,
	.disconnect = bad_disconnect,
};
module_usb_driver(urb_driver);
MODULE_LICENSE("GPL");
