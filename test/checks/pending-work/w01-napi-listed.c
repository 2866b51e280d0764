// RUN: %check %s
// ND-W01: free_netdev() walks the list of the device's NAPI instances; those in
// memory of their own must be off it by then.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct vector {
	struct napi_struct napi;
	int index;
};

struct port {
	struct net_device *dev;
	struct vector *vectors;
};

static int port_poll(struct napi_struct *napi, int budget)
{
	return 0;
}

static int port_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct port));
	struct port *port;
	int err;

	if (!dev)
		return -ENOMEM;
	port = netdev_priv(dev);
	port->dev = dev;
	port->vectors = kcalloc(4, sizeof(struct vector), GFP_KERNEL);
	if (!port->vectors) {
		free_netdev(dev);
		return -ENOMEM;
	}
	netif_napi_add(dev, &port->vectors[0].napi, port_poll);
	platform_set_drvdata(pdev, port);
	err = register_netdev(dev);
	if (err) {
		struct vector *vectors = port->vectors;

		free_netdev(dev);
		kfree(vectors);
	}
	return err;
}

static void bad_port_remove(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	unregister_netdev(port->dev);
	kfree(port->vectors);
	free_netdev(port->dev); /* WARN: netdev-pending-work: 'vector->napi' (napi) is on the device's list */
}

struct platform_driver port_driver = {
	.probe = port_probe,
	.remove = bad_port_remove,
};

struct lane {
	struct napi_struct napi;
	int index;
};

struct card {
	struct net_device *dev;
	struct lane *lanes;
};

static int card_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct card));
	struct card *card;
	int err;

	if (!dev)
		return -ENOMEM;
	card = netdev_priv(dev);
	card->dev = dev;
	card->lanes = kcalloc(4, sizeof(struct lane), GFP_KERNEL);
	if (!card->lanes) {
		free_netdev(dev);
		return -ENOMEM;
	}
	netif_napi_add(dev, &card->lanes[0].napi, port_poll);
	platform_set_drvdata(pdev, card);
	err = register_netdev(dev);
	if (!err)
		return 0;
	netif_napi_del(&card->lanes[0].napi);
	kfree(card->lanes);
	free_netdev(dev);
	return err;
}

static void ok_card_remove(struct platform_device *pdev)
{
	struct card *card = platform_get_drvdata(pdev);

	unregister_netdev(card->dev);
	netif_napi_del(&card->lanes[0].napi);
	kfree(card->lanes);
	free_netdev(card->dev);
}

struct platform_driver card_driver = {
	.probe = card_probe,
	.remove = ok_card_remove,
};

/* Vectors that a loop has added. */
struct slot {
	struct napi_struct napi;
	int index;
};

struct rack {
	struct net_device *dev;
	struct slot *slots;
};

static int rack_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct rack));
	struct slot *slots;
	struct rack *rack;
	int i, err;

	if (!dev)
		return -ENOMEM;
	rack = netdev_priv(dev);
	rack->dev = dev;
	slots = kcalloc(4, sizeof(struct slot), GFP_KERNEL);
	rack->slots = slots;
	if (!slots) {
		free_netdev(dev);
		return -ENOMEM;
	}
	for (i = 0; i < 4; i++)
		netif_napi_add(dev, &rack->slots[i].napi, port_poll);
	platform_set_drvdata(pdev, rack);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		kfree(slots);
	}
	return err;
}

static void bad_rack_remove(struct platform_device *pdev)
{
	struct rack *rack = platform_get_drvdata(pdev);

	unregister_netdev(rack->dev);
	kfree(rack->slots); /* WARN: netdev-pending-work: 'slot->napi' (napi) is on the device's list */
	free_netdev(rack->dev);
}

struct platform_driver rack_driver = {
	.probe = rack_probe,
	.remove = bad_rack_remove,
};

/* The device goes first, and its list with it. */
struct row {
	struct napi_struct napi;
	int index;
};

struct board {
	struct net_device *dev;
	struct row *rows;
};

static int board_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct board));
	struct board *board;
	int err;

	if (!dev)
		return -ENOMEM;
	board = netdev_priv(dev);
	board->dev = dev;
	board->rows = kcalloc(4, sizeof(struct row), GFP_KERNEL);
	if (!board->rows) {
		free_netdev(dev);
		return -ENOMEM;
	}
	netif_napi_add(dev, &board->rows[0].napi, port_poll);
	platform_set_drvdata(pdev, board);
	err = register_netdev(dev);
	if (err) {
		struct row *rows = board->rows;

		free_netdev(dev);
		kfree(rows);
	}
	return err;
}

static void ok_board_remove(struct platform_device *pdev)
{
	struct board *board = platform_get_drvdata(pdev);
	struct row *rows = board->rows;

	unregister_netdev(board->dev);
	free_netdev(board->dev);
	kfree(rows);
}

struct platform_driver board_driver = {
	.probe = board_probe,
	.remove = ok_board_remove,
};
