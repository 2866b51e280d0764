// RUN: %check %s
// ND-W01: work that a line discipline's callback arms while the device is down, and that only ndo_stop cancels.
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

struct bad_line {
	struct net_device *dev;
	struct work_struct tx_work;
};

static void line_transmit(struct work_struct *work)
{
	struct bad_line *l = container_of(work, struct bad_line, tx_work);

	netif_wake_queue(l->dev);
}

static int line_stop(struct net_device *dev)
{
	struct bad_line *l = netdev_priv(dev);

	flush_work(&l->tx_work);
	return 0;
}

static const struct net_device_ops line_ops = { .ndo_stop = line_stop };

static int line_open(struct tty_struct *tty)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct bad_line));
	struct bad_line *l;
	int err;

	if (!dev)
		return -ENOMEM;
	l = netdev_priv(dev);
	l->dev = dev;
	dev->netdev_ops = &line_ops;
	INIT_WORK(&l->tx_work, line_transmit);
	tty->disc_data = l;
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void line_wakeup(struct tty_struct *tty)
{
	struct bad_line *l = tty->disc_data;

	schedule_work(&l->tx_work);
}

static void bad_close(struct tty_struct *tty)
{
	struct bad_line *l = tty->disc_data;

	unregister_netdev(l->dev);
	free_netdev(l->dev); /* WARN: netdev-pending-work: only 'ndo_stop' cancels it */
}

static struct tty_ldisc_ops line_ldisc = {
	.open = line_open,
	.close = bad_close,
	.write_wakeup = line_wakeup,
};

int line_init(void);
int line_init(void)
{
	return tty_register_ldisc(&line_ldisc);
}
