// RUN: %check %s
// ND-L08: remove() unregisters and forgets to free.
#include <linux/etherdevice.h>
#include <linux/usb.h>

static int plain_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	usb_set_intfdata(intf, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int core_frees_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	usb_set_intfdata(intf, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_netdev(dev);
} /* WARN: netdev-leak: dev */

static void ok_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_core_frees_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_netdev(dev);
}

static void let_go(struct net_device *dev)
{
	free_netdev(dev);
}

static void ok_helper_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_netdev(dev);
	let_go(dev);
}

struct usb_driver l08_driver_1 = { .probe = plain_probe, .disconnect = bad_disconnect };
struct usb_driver l08_driver_2 = { .probe = plain_probe, .disconnect = ok_disconnect };
struct usb_driver l08_driver_3 = { .probe = core_frees_probe, .disconnect = ok_core_frees_disconnect };
struct usb_driver l08_driver_4 = { .probe = plain_probe, .disconnect = ok_helper_disconnect };
