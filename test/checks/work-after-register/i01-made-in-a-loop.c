// RUN: %check %s
// ND-I01: devices that are made in a loop and kept in an array, and what is
// only reached through pointers that other files call.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct channel {
	struct net_device *dev;
	spinlock_t lock;
};

struct board {
	struct pci_dev *pdev;
	struct channel *chan[4];
	int count;
};

static netdev_tx_t chan_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct channel *chan = netdev_priv(dev);

	spin_lock(&chan->lock);
	dev->stats.tx_packets++;
	spin_unlock(&chan->lock);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops chan_ops = {
	.ndo_start_xmit = chan_xmit,
};

static int bad_chan_add(struct board *board)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct channel));
	struct channel *chan;
	int err;

	if (!dev)
		return -ENOMEM;
	chan = netdev_priv(dev);
	chan->dev = dev;
	dev->netdev_ops = &chan_ops;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	spin_lock_init(&chan->lock); /* WARN: netdev-work-after-register: 'ndo_start_xmit' may use it before */
	board->chan[board->count] = chan;
	return 0;
}

static int ok_chan_add(struct board *board)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct channel));
	struct channel *chan;
	int err;

	if (!dev)
		return -ENOMEM;
	chan = netdev_priv(dev);
	chan->dev = dev;
	spin_lock_init(&chan->lock);
	dev->netdev_ops = &chan_ops;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	board->chan[board->count] = chan;
	return 0;
}

static int board_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct board *board = kzalloc(sizeof(*board), GFP_KERNEL);
	int i, err = 0;

	if (!board)
		return -ENOMEM;
	board->pdev = pdev;
	pci_set_drvdata(pdev, board);
	for (i = 0; i < 4; i++) {
		err = i & 1 ? bad_chan_add(board) : ok_chan_add(board);
		if (err)
			break;
		board->count++;
	}
	return 0;
}

static void board_remove(struct pci_dev *pdev)
{
	struct board *board = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < board->count; i++) {
		struct net_device *dev = board->chan[i]->dev;

		unregister_netdev(dev);
		free_netdev(dev);
	}
	kfree(board);
}

struct pci_driver board_driver = { .name = "board", .probe = board_probe, .remove = board_remove };
