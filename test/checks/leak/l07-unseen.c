// RUN: %check %s
// ND-L07 of a device in an array: a loop that calls the driver's own code in another file may come to it.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct unseen_card {
	struct net_device *port[4];
};

void unseen_release(struct unseen_card *card, int i);
int unseen_reset(void);

static int unseen_make(struct unseen_card *card, int i)
{
	int err;

	card->port[i] = alloc_etherdev(0);
	if (!card->port[i])
		return -ENOMEM;
	err = device_create_file(NULL, NULL);
	if (err)
		return err;
	err = unseen_reset();
	if (err) {
		free_netdev(card->port[i]);
		card->port[i] = NULL;
	}
	return err;
}

static int ok_probe(struct platform_device *pdev)
{
	struct unseen_card *card = platform_get_drvdata(pdev);
	int i, err;

	err = unseen_make(card, 0);
	if (err)
		goto out;
	return 0;
out:
	for (i = 0; i < 4; i++)
		unseen_release(card, i);
	return err;
}

static int early_make(struct unseen_card *card, int i)
{
	int err;

	card->port[i] = alloc_etherdev(0);
	if (!card->port[i])
		return -ENOMEM;
	err = device_create_file(NULL, NULL);
	if (err)
		return err;
	err = unseen_reset();
	if (err) {
		free_netdev(card->port[i]);
		card->port[i] = NULL;
	}
	return err;
}

static int bad_probe(struct platform_device *pdev)
{
	struct unseen_card *card = platform_get_drvdata(pdev);
	int i, err;

	err = early_make(card, 0);
	if (err)
		return err; /* WARN: netdev-leak: the device is not freed on this error path */
	err = unseen_reset();
	if (err)
		for (i = 0; i < 4; i++)
			unseen_release(card, i);
	return 0;
}

static struct platform_driver unseen_drivers[] = {
	{ .probe = ok_probe }, { .probe = bad_probe },
};
