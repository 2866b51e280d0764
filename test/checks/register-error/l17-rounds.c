// RUN: %check %s
// ND-L17 of a loop that makes and registers one device a round: a later round fails, and those of the earlier ones
// stay registered.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

#define PORTS 4

struct rounds_card {
	struct net_device *port[PORTS];
	int ports;
	int found;
	struct work_struct start;
};

int rounds_hw_reset(void);

/* Nothing runs after a probe that failed. */
static int bad_probe(struct platform_device *pdev)
{
	struct rounds_card *card = platform_get_drvdata(pdev);
	struct net_device *dev;
	int i, err;

	for (i = 0; i < card->ports; i++) {
		dev = alloc_etherdev(0);
		if (!dev) {
			err = -ENOMEM;
			goto out;
		}
		card->port[i] = dev;
		err = register_netdev(dev);
		if (err)
			goto out_free;
	}
	return 0;

out_free:
	free_netdev(dev);
out:
	return err; /* WARN: netdev-register-error: the devices of earlier rounds of the loop stay registered */
}

static struct platform_driver bad_driver = {
	.probe = bad_probe,
};

static int one_port(struct rounds_card *card, int i)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	card->port[i] = dev;
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

/* As above, with the round in a function of its own. */
static int bad_ports_probe(struct platform_device *pdev)
{
	struct rounds_card *card = platform_get_drvdata(pdev);
	int i, err;

	for (i = 0; i < card->ports; i++) {
		err = one_port(card, i);
		if (err)
			return err; /* WARN: netdev-register-error: the devices of earlier rounds of the loop stay registered */
	}
	return 0;
}

static struct platform_driver bad_ports_driver = {
	.probe = bad_ports_probe,
};

static void undo(struct rounds_card *card, int n)
{
	while (--n >= 0) {
		unregister_netdev(card->port[n]);
		free_netdev(card->port[n]);
	}
}

static int ok_probe(struct platform_device *pdev)
{
	struct rounds_card *card = platform_get_drvdata(pdev);
	struct net_device *dev;
	int i, err;

	for (i = 0; i < card->ports; i++) {
		dev = alloc_etherdev(0);
		if (!dev) {
			err = -ENOMEM;
			goto out;
		}
		card->port[i] = dev;
		err = register_netdev(dev);
		if (err)
			goto out_free;
	}
	return 0;

out_free:
	free_netdev(dev);
out:
	undo(card, i);
	return err;
}

static struct platform_driver ok_driver = {
	.probe = ok_probe,
};

/* One port is enough. */
static int ok_some_probe(struct platform_device *pdev)
{
	struct rounds_card *card = platform_get_drvdata(pdev);
	int i, done = 0;

	for (i = 0; i < card->ports; i++) {
		struct net_device *dev = alloc_etherdev(0);

		if (!dev)
			break;
		if (register_netdev(dev)) {
			free_netdev(dev);
			break;
		}
		card->port[done++] = dev;
	}
	return done ? 0 : -ENODEV;
}

static struct platform_driver ok_some_driver = {
	.probe = ok_some_probe,
};

/* Who comes after a function that is no probe may undo it; that another exit does so itself shows who must. */
static int bad_setup(struct rounds_card *card)
{
	struct net_device *dev;
	int i;

	for (i = 0; i < card->ports; i++) {
		if (rounds_hw_reset())
			goto done; /* the label is one too low */
		dev = alloc_etherdev(0);
		if (!dev)
			goto fail;
		card->port[i] = dev;
		if (register_netdev(dev)) {
			free_netdev(dev);
			goto fail;
		}
	}
	return 0;

fail:
	while (--i >= 0) {
		unregister_netdev(card->port[i]);
		free_netdev(card->port[i]);
	}
done:
	return -ENODEV; /* WARN: netdev-register-error: the devices of earlier rounds of the loop stay registered */
}

static void start_wrong(struct work_struct *work)
{
	struct rounds_card *card = container_of(work, struct rounds_card, start);

	if (bad_setup(card))
		card->ports = 0;
}

static int ok_setup(struct rounds_card *card)
{
	struct net_device *dev;
	int i;

	for (i = 0; i < card->ports; i++) {
		dev = alloc_etherdev(0);
		if (!dev)
			goto done;
		card->port[i] = dev;
		if (register_netdev(dev)) {
			free_netdev(dev);
			goto done;
		}
	}
	return 0;

done:
	card->ports = i;
	return -ENODEV;
}

static void start_right(struct work_struct *work)
{
	struct rounds_card *card = container_of(work, struct rounds_card, start);

	if (ok_setup(card))
		undo(card, card->ports);
}

static int start_probe(struct platform_device *pdev)
{
	struct rounds_card *card = platform_get_drvdata(pdev);

	INIT_WORK(&card->start, pdev->id ? start_wrong : start_right);
	INIT_WORK(&card[1].start, start_wrong);
	INIT_WORK(&card[2].start, start_right);
	return 0;
}

static struct platform_driver start_driver = {
	.probe = start_probe,
};

/* How many there are is counted where they are registered: none means that nothing is left. */
static int ok_counted_probe(struct platform_device *pdev)
{
	struct rounds_card *card = platform_get_drvdata(pdev);
	struct net_device *dev;
	int i;

	for (i = 0; i < PORTS; i++) {
		dev = alloc_etherdev(0);
		if (!dev)
			continue;
		if (register_netdev(dev)) {
			free_netdev(dev);
			continue;
		}
		card->port[card->found++] = dev;
	}
	if (!card->found)
		return -ENODEV;
	return 0;
}

static struct platform_driver ok_counted_driver = {
	.probe = ok_counted_probe,
};

/* What is above 0 is no error that the bus is told of. */
static int ok_number_probe(struct platform_device *pdev)
{
	struct rounds_card *card = platform_get_drvdata(pdev);
	struct net_device *dev;
	int i, err;

	err = rounds_hw_reset();
	if (err < 0)
		return err;
	for (i = 0; i < card->ports; i++) {
		dev = alloc_etherdev(0);
		if (!dev)
			break;
		card->port[i] = dev;
		if (register_netdev(dev)) {
			free_netdev(dev);
			break;
		}
	}
	return err;
}

static struct platform_driver ok_number_driver = {
	.probe = ok_number_probe,
};
