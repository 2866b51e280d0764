/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_USB_H
#define _MOCK_LINUX_USB_H

#include <linux/device.h>
#include <linux/wait.h>
#include <linux/module.h>

struct usb_device_id { u16 match_flags, idVendor, idProduct; unsigned long driver_info; };
struct usb_device { int devnum; struct device dev; };
struct usb_interface { struct device dev; };
struct usb_anchor { struct list_head urb_list; wait_queue_head_t wait; };
struct urb;
typedef void (*usb_complete_t)(struct urb *);
struct urb {
	struct usb_device *dev;
	unsigned int pipe;
	int status;
	void *transfer_buffer;
	u32 transfer_buffer_length, actual_length;
	void *context;
	usb_complete_t complete;
};
struct usb_driver {
	const char *name;
	int (*probe)(struct usb_interface *intf, const struct usb_device_id *id);
	void (*disconnect)(struct usb_interface *intf);
	const struct usb_device_id *id_table;
};
static inline void *usb_get_intfdata(struct usb_interface *intf)
{
	return dev_get_drvdata(&intf->dev);
}
static inline void usb_set_intfdata(struct usb_interface *intf, void *data)
{
	dev_set_drvdata(&intf->dev, data);
}
static inline struct usb_device *interface_to_usbdev(struct usb_interface *intf)
{
	return container_of(intf->dev.parent, struct usb_device, dev);
}
struct urb *usb_alloc_urb(int iso_packets, gfp_t mem_flags);
void usb_free_urb(struct urb *urb);
int usb_submit_urb(struct urb *urb, gfp_t mem_flags);
int usb_unlink_urb(struct urb *urb);
void usb_kill_urb(struct urb *urb);
void usb_anchor_urb(struct urb *urb, struct usb_anchor *anchor);
void usb_kill_anchored_urbs(struct usb_anchor *anchor);
void init_usb_anchor(struct usb_anchor *anchor);
static inline void usb_fill_bulk_urb(struct urb *urb, struct usb_device *dev,
				     unsigned int pipe, void *transfer_buffer,
				     int buffer_length, usb_complete_t complete_fn,
				     void *context)
{
	urb->dev = dev;
	urb->pipe = pipe;
	urb->transfer_buffer = transfer_buffer;
	urb->transfer_buffer_length = buffer_length;
	urb->complete = complete_fn;
	urb->context = context;
}
int usb_register_driver(struct usb_driver *, struct module *, const char *);
#define usb_register(driver) usb_register_driver(driver, THIS_MODULE, "test")
void usb_deregister(struct usb_driver *);
#define module_usb_driver(__usb_driver) \
	module_driver(__usb_driver, usb_register, usb_deregister)
#endif
