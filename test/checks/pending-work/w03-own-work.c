// RUN: %check %s
// ND-W03: a work item frees the memory that contains it.
#include <linux/etherdevice.h>
#include <linux/usb.h>

struct own_priv {
	struct net_device *dev;
	struct work_struct die;
};

struct death {
	struct work_struct work;
	struct net_device *dev;
};

static void bad_die(struct work_struct *work)
{
	struct own_priv *priv = container_of(work, struct own_priv, die);
	struct net_device *dev = priv->dev;

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: 'own_disconnect' cancels it there */
}

static void own_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct own_priv *priv = netdev_priv(dev);

	schedule_work(&priv->die);
}

static const struct net_device_ops own_ops = {
	.ndo_tx_timeout = own_tx_timeout,
};

static int own_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct own_priv));
	struct own_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->die, bad_die);
	dev->netdev_ops = &own_ops;
	usb_set_intfdata(intf, priv);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void own_disconnect(struct usb_interface *intf)
{
	struct own_priv *priv = usb_get_intfdata(intf);

	cancel_work_sync(&priv->die);
}

/* The work item has memory of its own. */
static void ok_die(struct work_struct *work)
{
	struct death *death = container_of(work, struct death, work);

	unregister_netdev(death->dev);
	free_netdev(death->dev);
	kfree(death);
}

static void ok_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct death *death = kzalloc(sizeof(*death), GFP_ATOMIC);

	if (!death)
		return;
	death->dev = dev;
	INIT_WORK(&death->work, ok_die);
	schedule_work(&death->work);
}

static const struct net_device_ops ok_ops = {
	.ndo_tx_timeout = ok_tx_timeout,
};

static int separate_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &ok_ops;
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

struct usb_driver own_driver_1 = { .probe = own_probe, .disconnect = own_disconnect };
struct usb_driver own_driver_2 = { .probe = separate_probe };
