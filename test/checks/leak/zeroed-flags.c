// RUN: %check %s
// ND-L07: flags in memory from kzalloc() are 0 until somebody sets them, and what is
// counted up is not 0.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct zero_opts {
	struct net_device *net;
	bool bound;
	bool borrowed;
};

void zero_cleanup(struct net_device *net);
int zero_prepare(struct zero_opts *opts);
void zero_use(struct zero_opts *opts);

void ok_zero_borrow(struct zero_opts *opts, struct net_device *net)
{
	opts->bound = true;
	opts->borrowed = true;
	opts->net = net;
}

static void zero_free(struct zero_opts *opts)
{
	if (!opts->borrowed) {
		if (opts->bound)
			zero_cleanup(opts->net);
		else
			free_netdev(opts->net);
	}
	kfree(opts);
}

int ok_zero_alloc(void)
{
	struct zero_opts *opts = kzalloc(sizeof(*opts), GFP_KERNEL);
	int err;

	if (!opts)
		return -ENOMEM;
	opts->net = alloc_etherdev(0);
	if (!opts->net) {
		kfree(opts);
		return -ENOMEM;
	}
	err = register_netdev(opts->net);
	if (err) {
		zero_free(opts);
		return err;
	}
	zero_use(opts);
	return 0;
}

int bad_zero_alloc(void)
{
	struct zero_opts *opts = kzalloc(sizeof(*opts), GFP_KERNEL);
	int err;

	if (!opts)
		return -ENOMEM;
	opts->net = alloc_etherdev(0);
	if (!opts->net) {
		kfree(opts);
		return -ENOMEM;
	}
	opts->borrowed = true;
	err = register_netdev(opts->net);
	if (err) {
		zero_free(opts);
		return err; /* WARN: netdev-leak: not freed */
	}
	zero_use(opts);
	return 0;
}

static struct net_device *ports[4];

static int ok_count_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int i, count = 0;

	for (i = 0; i < 4; i++) {
		struct net_device *dev = alloc_etherdev(0);

		if (!dev)
			continue;
		if (register_netdev(dev)) {
			free_netdev(dev);
			continue;
		}
		ports[i] = dev;
		count++;
	}
	if (!count)
		return -ENODEV;
	return 0;
}

static void count_remove(struct pci_dev *pdev)
{
	int i;

	for (i = 0; i < 4; i++) {
		if (!ports[i])
			continue;
		unregister_netdev(ports[i]);
		free_netdev(ports[i]);
		ports[i] = NULL;
	}
}

struct pci_driver count_driver = { .probe = ok_count_probe, .remove = count_remove };

/* Who sets what is only cleared here is in another file. */
struct clear_card {
	struct net_device *dev;
	bool late;
};

int clear_setup(struct clear_card *card);

int bad_clear_alloc(void)
{
	struct clear_card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	struct net_device *dev;
	int err;

	if (!card)
		return -ENOMEM;
	dev = alloc_etherdev(0);
	if (!dev) {
		kfree(card);
		return -ENOMEM;
	}
	err = clear_setup(card);
	if (card->late) {
		card->late = false;
		kfree(card);
		return -EAGAIN; /* WARN: netdev-leak: not freed */
	}
	kfree(card);
	free_netdev(dev);
	return err;
}
