// RUN: %check %s
// ND-L07: the array's slot is cleared before the error path walks the array, so nobody can free the device any more.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct card {
	int kinds[2];
	struct net_device *net[2];
};

static struct net_device *card_make(int kind)
{
	struct net_device *dev = alloc_etherdev(0);

	if (dev)
		dev->mtu = kind;
	return dev;
}

static void card_unmake(struct card *card)
{
	int j;

	for (j = 0; j < 2; ++j) {
		if (!card->net[j])
			continue;
		unregister_netdev(card->net[j]);
		free_netdev(card->net[j]);
	}
	kfree(card);
}

static int bad_probe(struct platform_device *pdev)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int err, j;

	if (!card)
		return -ENOMEM;
	platform_set_drvdata(pdev, card);
	for (j = 0; j < 2; ++j) {
		card->net[j] = card_make(card->kinds[j]);
		if (!card->net[j]) {
			err = -ENOMEM;
			goto failed;
		}
		err = register_netdev(card->net[j]);
		if (err) {
			card->net[j] = NULL;
			goto failed;
		}
	}
	return 0;
failed:
	card_unmake(card);
	return err; /* WARN: netdev-leak: after its registration failed */
}

static int ok_probe(struct platform_device *pdev)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int err, j;

	if (!card)
		return -ENOMEM;
	platform_set_drvdata(pdev, card);
	for (j = 0; j < 2; ++j) {
		card->net[j] = card_make(card->kinds[j]);
		if (!card->net[j]) {
			err = -ENOMEM;
			goto failed;
		}
		err = register_netdev(card->net[j]);
		if (err) {
			free_netdev(card->net[j]);
			card->net[j] = NULL;
			goto failed;
		}
	}
	return 0;
failed:
	card_unmake(card);
	return err;
}

static void card_remove(struct platform_device *pdev)
{
	card_unmake(platform_get_drvdata(pdev));
}

struct platform_driver bad_driver = { .probe = bad_probe, .remove = card_remove };
struct platform_driver ok_driver = { .probe = ok_probe, .remove = card_remove };
