// RUN: %check %s
// ND-W01: close cancels the work as well; w01-only-stopped.c has the fault.
#include <linux/etherdevice.h>
#include <linux/workqueue.h>

struct tty_struct {
	void *disc_data;
};

struct tty_ldisc_ops {
	int (*open)(struct tty_struct *tty);
	void (*close)(struct tty_struct *tty);
	void (*write_wakeup)(struct tty_struct *tty);
};

int tty_register_ldisc(struct tty_ldisc_ops *ops);

struct ok_line {
	struct net_device *dev;
	struct work_struct tx_work;
};

static void ok_transmit(struct work_struct *work)
{
	struct ok_line *l = container_of(work, struct ok_line, tx_work);

	netif_wake_queue(l->dev);
}

static int ok_stop(struct net_device *dev)
{
	struct ok_line *l = netdev_priv(dev);

	flush_work(&l->tx_work);
	return 0;
}

static const struct net_device_ops ok_ops = { .ndo_stop = ok_stop };

static int ok_open(struct tty_struct *tty)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ok_line));
	struct ok_line *l;
	int err;

	if (!dev)
		return -ENOMEM;
	l = netdev_priv(dev);
	l->dev = dev;
	dev->netdev_ops = &ok_ops;
	INIT_WORK(&l->tx_work, ok_transmit);
	tty->disc_data = l;
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void ok_wakeup(struct tty_struct *tty)
{
	struct ok_line *l = tty->disc_data;

	schedule_work(&l->tx_work);
}

static void ok_close(struct tty_struct *tty)
{
	struct ok_line *l = tty->disc_data;

	unregister_netdev(l->dev);
	flush_work(&l->tx_work);
	free_netdev(l->dev);
}

static struct tty_ldisc_ops ok_ldisc = {
	.open = ok_open,
	.close = ok_close,
	.write_wakeup = ok_wakeup,
};

int ok_init(void);
int ok_init(void)
{
	return tty_register_ldisc(&ok_ldisc);
}
