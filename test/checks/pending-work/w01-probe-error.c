// RUN: %check %s
// Work queued in probe must be cancelled on probe's error path, too.
#include <linux/etherdevice.h>
#include <linux/usb.h>

struct early_priv {
	struct net_device *dev;
	struct delayed_work firmware;
};

static void early_firmware(struct work_struct *work)
{
	struct early_priv *priv = container_of(work, struct early_priv, firmware.work);

	netif_carrier_on(priv->dev);
}

static const struct net_device_ops early_ops = {
	.ndo_validate_addr = eth_validate_addr,
};

static int bad_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct early_priv));
	struct early_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &early_ops;
	INIT_DELAYED_WORK(&priv->firmware, early_firmware);
	schedule_delayed_work(&priv->firmware, HZ);
	usb_set_intfdata(intf, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	return 0;

err_free:
	free_netdev(dev); /* WARN: netdev-pending-work: firmware */
	return err;
}

static int ok_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct early_priv));
	struct early_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	dev->netdev_ops = &early_ops;
	INIT_DELAYED_WORK(&priv->firmware, early_firmware);
	schedule_delayed_work(&priv->firmware, HZ);
	usb_set_intfdata(intf, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	return 0;

err_free:
	cancel_delayed_work_sync(&priv->firmware);
	free_netdev(dev);
	return err;
}

static void early_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);
	struct early_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_delayed_work_sync(&priv->firmware);
	free_netdev(dev);
}

struct usb_driver early_driver_1 = { .probe = bad_probe, .disconnect = early_disconnect };
struct usb_driver early_driver_2 = { .probe = ok_probe, .disconnect = early_disconnect };
