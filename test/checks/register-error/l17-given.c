// RUN: %check %s
// ND-L17: a function is given a device, registers it, and fails after that.
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/list.h>

struct card {
	struct list_head list;
	struct net_device *dev;
};

int card_start(struct card *card);
int card_link(struct net_device *dev);
void card_unlink_all(struct list_head *cards);

int bad_bring_up(struct net_device *dev, int mtu)
{
	int err;

	ASSERT_RTNL();
	err = register_netdevice(dev);
	if (err)
		return err;
	err = dev_set_mtu(dev, mtu);
	if (err)
		goto fail;
	return 0;
fail:
	return err; /* WARN: netdev-register-error: an error is returned while the device stays registered */
}

int ok_bring_up(struct net_device *dev, int mtu)
{
	bool registered = false;
	int err;

	ASSERT_RTNL();
	err = register_netdevice(dev);
	if (err)
		goto fail;
	registered = true;
	err = dev_set_mtu(dev, mtu);
	if (err)
		goto fail;
	return 0;
fail:
	if (registered)
		unregister_netdevice(dev);
	return err;
}

/* Who takes the list back does so with all of it. */
int ok_bring_up_all(struct list_head *cards)
{
	struct card *card;
	int err;

	list_for_each_entry(card, cards, list) {
		err = register_netdev(card->dev);
		if (err) {
			card_unlink_all(cards);
			return err;
		}
	}
	return 0;
}

/* Registered by a helper that is done well: its caller has to take it back. */
static int helper(struct net_device *dev)
{
	return register_netdevice(dev);
}

int ok_caller(struct net_device *dev)
{
	int err;

	ASSERT_RTNL();
	err = helper(dev);
	if (err)
		return err;
	err = dev_set_mtu(dev, 1400);
	if (err)
		unregister_netdevice(dev);
	return err;
}

/* How many were asked for comes back to who asked: no error. */
int ok_configure(struct card *card, int n)
{
	int err;

	if (!n)
		return 0;
	err = register_netdev(card->dev);
	if (err)
		return err;
	return n;
}
