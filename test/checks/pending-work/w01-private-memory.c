// RUN: %check %s
// ND-W01: the work is in memory of the driver's own, which remove() frees.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct board {
	struct net_device *dev;
	struct work_struct reset;
	struct work_struct report;
};

struct board_priv {
	struct board *board;
};

static void board_reset(struct work_struct *work)
{
	struct board *board = container_of(work, struct board, reset);

	netif_wake_queue(board->dev);
}

static void board_report(struct work_struct *work)
{
	struct board *board = container_of(work, struct board, report);

	netif_carrier_on(board->dev);
}

static void board_tx_timeout(struct net_device *dev, unsigned int queue)
{
	struct board_priv *priv = netdev_priv(dev);

	schedule_work(&priv->board->reset); /* NOTE: arms it */
	schedule_work(&priv->board->report);
}

static const struct net_device_ops board_ops = {
	.ndo_tx_timeout = board_tx_timeout,
};

static int board_probe(struct platform_device *pdev)
{
	struct board_priv *priv;
	struct board *board;
	int err;

	board = kzalloc(sizeof(*board), GFP_KERNEL);
	if (!board)
		return -ENOMEM;
	board->dev = alloc_etherdev(sizeof(*priv));
	if (!board->dev) {
		kfree(board);
		return -ENOMEM;
	}
	priv = netdev_priv(board->dev);
	priv->board = board;
	INIT_WORK(&board->reset, board_reset);
	INIT_WORK(&board->report, board_report);
	board->dev->netdev_ops = &board_ops;
	platform_set_drvdata(pdev, board);
	err = register_netdev(board->dev);
	if (err) {
		free_netdev(board->dev);
		kfree(board); /* nothing has armed it: no callback has run */
	}
	return err;
}

static void bad_remove(struct platform_device *pdev)
{
	struct board *board = platform_get_drvdata(pdev);

	unregister_netdev(board->dev);
	cancel_work_sync(&board->report);
	free_netdev(board->dev);
	kfree(board); /* WARN: netdev-pending-work: 'board->reset' may still be pending */
}

struct platform_driver board_driver = {
	.probe = board_probe,
	.remove = bad_remove,
};

/* Both its queue and its timer are ended before the memory goes. */
struct card {
	struct net_device *dev;
	struct workqueue_struct *queue;
	struct work_struct reset;
	struct timer_list poll;
};

struct card_priv {
	struct card *card;
};

static void card_reset(struct work_struct *work)
{
	struct card *card = container_of(work, struct card, reset);

	netif_wake_queue(card->dev);
}

static void card_poll(struct timer_list *t)
{
	struct card *card = from_timer(card, t, poll);

	netif_carrier_on(card->dev);
}

static void card_tx_timeout(struct net_device *dev, unsigned int queue)
{
	struct card_priv *priv = netdev_priv(dev);

	queue_work(priv->card->queue, &priv->card->reset);
	mod_timer(&priv->card->poll, jiffies + HZ);
}

static const struct net_device_ops card_ops = {
	.ndo_tx_timeout = card_tx_timeout,
};

static int card_probe(struct platform_device *pdev)
{
	struct card_priv *priv;
	struct card *card;
	int err;

	card = kzalloc(sizeof(*card), GFP_KERNEL);
	if (!card)
		return -ENOMEM;
	err = -ENOMEM;
	card->queue = alloc_workqueue("card", 0, 0);
	if (!card->queue)
		goto free_card;
	card->dev = alloc_etherdev(sizeof(*priv));
	if (!card->dev)
		goto free_queue;
	priv = netdev_priv(card->dev);
	priv->card = card;
	INIT_WORK(&card->reset, card_reset);
	timer_setup(&card->poll, card_poll, 0);
	card->dev->netdev_ops = &card_ops;
	platform_set_drvdata(pdev, card);
	err = register_netdev(card->dev);
	if (!err)
		return 0;
	free_netdev(card->dev);
free_queue:
	destroy_workqueue(card->queue);
free_card:
	kfree(card);
	return err;
}

static void ok_remove(struct platform_device *pdev)
{
	struct card *card = platform_get_drvdata(pdev);

	unregister_netdev(card->dev);
	timer_shutdown_sync(&card->poll);
	destroy_workqueue(card->queue);
	free_netdev(card->dev);
	kfree(card);
}

struct platform_driver card_driver = {
	.probe = card_probe,
	.remove = ok_remove,
};
