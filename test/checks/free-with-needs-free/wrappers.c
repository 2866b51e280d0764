// RUN: %check %s
// ND-L01 through wrappers: CAN and HDLC devices, and the driver's own helper.
#include <linux/can/dev.h>
#include <linux/hdlc.h>
#include <linux/usb.h>

static int can_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_candev(0, 1);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	usb_set_intfdata(intf, dev);
	err = register_candev(dev);
	if (err)
		free_candev(dev);
	return err;
}

static void bad_can_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_candev(dev);
	free_candev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_can_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_candev(dev);
}

static int hdlc_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct net_device *dev = alloc_hdlcdev(NULL);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	usb_set_intfdata(intf, dev);
	err = register_hdlc_device(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bye(struct net_device *dev)
{
	unregister_hdlc_device(dev);
}

static void bad_hdlc_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	bye(dev);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_hdlc_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	bye(dev);
}

struct usb_driver can_driver_1 = { .probe = can_probe, .disconnect = bad_can_disconnect };
struct usb_driver can_driver_2 = { .probe = can_probe, .disconnect = ok_can_disconnect };
struct usb_driver hdlc_driver_1 = { .probe = hdlc_probe, .disconnect = bad_hdlc_disconnect };
struct usb_driver hdlc_driver_2 = { .probe = hdlc_probe, .disconnect = ok_hdlc_disconnect };
