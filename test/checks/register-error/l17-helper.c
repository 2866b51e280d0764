// RUN: %check %s
// ND-L17 in a function that another file calls: that it undoes its steps on one error path shows that it must on
// the others, although the device can be found.
#include <linux/etherdevice.h>
#include <linux/phy.h>

struct helper_card {
	struct device *parent;
	struct net_device *port[4];
};

int bad_helper(struct helper_card *card, int n);
int bad_helper(struct helper_card *card, int n)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	card->port[n] = dev;
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = device_create_file(card->parent, NULL);
	if (err)
		return err; /* WARN: netdev-register-error */
	return 0;

err_free:
	card->port[n] = NULL;
	free_netdev(dev);
	return err;
}

int ok_helper(struct helper_card *card, int n);
int ok_helper(struct helper_card *card, int n)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	card->port[n] = dev;
	err = register_netdev(dev);
	if (err)
		goto err_free;
	err = device_create_file(card->parent, NULL);
	if (err)
		goto err_unregister;
	return 0;

err_unregister:
	unregister_netdev(dev);
err_free:
	card->port[n] = NULL;
	free_netdev(dev);
	return err;
}

/* Nothing shows who cleans up: the caller may. */
int ok_caller_cleans(struct helper_card *card, int n);
int ok_caller_cleans(struct helper_card *card, int n)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	card->port[n] = dev;
	err = register_netdev(dev);
	if (err)
		return err;
	return device_create_file(card->parent, NULL);
}
