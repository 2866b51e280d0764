// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-L07 of devices in an array, of which a loop frees those that are there: on which paths it runs, and whether
// it is meant for what its maker gave up.
#include <linux/etherdevice.h>
#include <linux/of_net.h>
#include <linux/platform_device.h>

struct sweep_card {
	struct net_device *port[4];
};

int sweep_reset(void);

static void sweep(struct sweep_card *card)
{
	int i;

	for (i = 0; i < 4; i++)
		if (card->port[i])
			free_netdev(card->port[i]);
}

static int make(struct sweep_card *card, int i)
{
	int err;

	card->port[i] = alloc_etherdev(0);
	if (!card->port[i])
		return -ENOMEM;
	err = device_create_file(NULL, NULL);
	if (err)
		return err;
	err = sweep_reset();
	if (err)
		goto out;
	return 0;
out:
	free_netdev(card->port[i]);
	return err;
}

/* The loop is run where a later step fails, and not where make() does. */
static int bad_probe(struct platform_device *pdev)
{
	struct sweep_card *card = platform_get_drvdata(pdev);
	int err;

	err = make(card, 0);
	if (err)
		goto out;
	err = sweep_reset();
	if (err)
		goto out_sweep;
	return 0;

out_sweep:
	sweep(card);
out:
	return err; /* WARN: netdev-leak: the device is not freed on this error path */
}

static int make_ok(struct sweep_card *card, int i)
{
	card->port[i] = alloc_etherdev(0);
	if (!card->port[i])
		return -ENOMEM;
	return device_create_file(NULL, NULL);
}

static int ok_probe(struct platform_device *pdev)
{
	struct sweep_card *card = platform_get_drvdata(pdev);
	int err;

	err = make_ok(card, 0);
	if (err)
		goto out_sweep;
	err = sweep_reset();
	if (err)
		goto out_sweep;
	return 0;

out_sweep:
	sweep(card);
	return err;
}

static int make_open(struct sweep_card *card, int i)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	card->port[i] = dev;
	err = sweep_reset();
	if (err)
		goto out;
	err = device_create_file(NULL, NULL);
	if (err)
		return err;
	return 0;
out:
	card->port[i] = NULL;
	free_netdev(dev);
	return err;
}

/* Who made it takes it back on its other error path: only likely, the caller's loop comes to it. */
static int bad_open_probe(struct platform_device *pdev)
{
	struct sweep_card *card = platform_get_drvdata(pdev);
	int err;

	err = make_open(card, 1);
	if (err)
		sweep(card);
	return err; /* WARN: netdev-leak: the device is not freed on this error path */
}

static struct platform_driver sweep_drivers[] = {
	{ .probe = bad_probe }, { .probe = ok_probe }, { .probe = bad_open_probe },
};
