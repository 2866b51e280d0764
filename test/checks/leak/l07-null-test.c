// RUN: %check %s
// ND-L07: a NULL test of what was used before cannot be the way out that leaks.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct board {
	int channel;
};

struct chan_priv {
	struct board *board;
};

struct net_device *chan_alloc(void);

static void chan_del(struct net_device *dev)
{
	struct chan_priv *priv = netdev_priv(dev);

	if (!priv->board)
		return;
	free_netdev(dev);
}

static struct board *board_of(struct pci_dev *pdev)
{
	return pci_get_drvdata(pdev);
}

static int ok_used_before_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct chan_priv));
	struct chan_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->board = board_of(pdev);
	priv->board->channel = 1;
	err = register_netdev(dev);
	if (err)
		chan_del(dev);
	return err;
}

static int bad_not_used_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct chan_priv));
	struct chan_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->board = board_of(pdev);
	err = register_netdev(dev);
	if (err)
		chan_del(dev);
	return err; /* WARN: netdev-leak */
}

static void chan_remove(struct pci_dev *pdev)
{
}

struct pci_driver chan_driver_1 = { .probe = ok_used_before_probe };
struct pci_driver chan_driver_2 = { .probe = bad_not_used_probe };
