// RUN: %check %s
// Work in global memory that keeps a pointer to the device, and a USB request.
#include <linux/etherdevice.h>
#include <linux/usb.h>

static struct net_device *global_dev;

static void global_fn(struct work_struct *work)
{
	netif_wake_queue(global_dev);
}

static DECLARE_WORK(global_work, global_fn);

static void global_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	schedule_work(&global_work);
}

static const struct net_device_ops global_ops = {
	.ndo_tx_timeout = global_tx_timeout,
};

static int global_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &global_ops;
	usb_set_intfdata(intf, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	global_dev = dev;
	return 0;
}

static void bad_global_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: global_work */
}

static void ok_global_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_netdev(dev);
	cancel_work_sync(&global_work);
	free_netdev(dev);
}

struct usb_driver global_driver_1 = { .probe = global_probe, .disconnect = bad_global_disconnect };
struct usb_driver global_driver_2 = { .probe = global_probe, .disconnect = ok_global_disconnect };

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

static void bad_urb_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);
	struct urb_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	usb_free_urb(priv->urb);
	free_netdev(dev); /* WARN: netdev-pending-work: urb */
}

static void ok_urb_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);
	struct urb_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	usb_kill_urb(priv->urb);
	usb_free_urb(priv->urb);
	free_netdev(dev);
}

struct usb_driver urb_driver_1 = { .probe = urb_probe, .disconnect = bad_urb_disconnect };
struct usb_driver urb_driver_2 = { .probe = urb_probe, .disconnect = ok_urb_disconnect };
