// RUN: %check %s
// ND-W01: work in global memory that keeps a pointer to the device.
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

static void bad_disconnect(struct usb_interface *intf)
{
	struct net_device *dev = usb_get_intfdata(intf);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-pending-work: 'global_work' (work) */
}

static struct usb_driver global_driver = {
	.name = "global",
	.probe = global_probe,
	.disconnect = bad_disconnect,
};
module_usb_driver(global_driver);
MODULE_LICENSE("GPL");
