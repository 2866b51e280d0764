// RUN: %check %s
// ND-W01: work that a line discipline's callback arms, and that the end of the line does not cancel: neither a helper
// that nobody calls nor the destruction of a queue counts that the work may not have reached yet.
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

static int line_open(struct tty_struct *tty)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct bad_line));
	struct bad_line *l;
	int err;

	if (!dev)
		return -ENOMEM;
	l = netdev_priv(dev);
	l->dev = dev;
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

static void __attribute__((unused)) line_quiet(struct bad_line *l)
{
	cancel_work_sync(&l->tx_work);
}

static void bad_close(struct tty_struct *tty)
{
	struct bad_line *l = tty->disc_data;

	unregister_netdev(l->dev);
	free_netdev(l->dev); /* WARN: netdev-pending-work: nothing cancels it */
}

static struct tty_ldisc_ops line_ldisc = {
	.open = line_open,
	.close = bad_close,
	.write_wakeup = line_wakeup,
};

struct timed_line {
	struct net_device *dev;
	struct workqueue_struct *wq;
	struct delayed_work later;
	struct work_struct now;
};

static void timed_later(struct work_struct *work)
{
	struct timed_line *l = container_of(work, struct timed_line, later.work);

	netif_wake_queue(l->dev);
}

static void timed_now(struct work_struct *work)
{
	struct timed_line *l = container_of(work, struct timed_line, now);

	netif_wake_queue(l->dev);
}

static int timed_open(struct tty_struct *tty)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct timed_line));
	struct timed_line *l;
	int err;

	if (!dev)
		return -ENOMEM;
	l = netdev_priv(dev);
	l->dev = dev;
	l->wq = alloc_workqueue("timed", 0, 0);
	if (!l->wq) {
		free_netdev(dev);
		return -ENOMEM;
	}
	INIT_DELAYED_WORK(&l->later, timed_later);
	INIT_WORK(&l->now, timed_now);
	tty->disc_data = l;
	err = register_netdev(dev);
	if (err) {
		destroy_workqueue(l->wq);
		free_netdev(dev);
	}
	return err;
}

static void timed_wakeup(struct tty_struct *tty)
{
	struct timed_line *l = tty->disc_data;

	queue_work(l->wq, &l->now);
	queue_delayed_work(l->wq, &l->later, HZ);
}

static void bad_timed_close(struct tty_struct *tty)
{
	struct timed_line *l = tty->disc_data;

	unregister_netdev(l->dev);
	destroy_workqueue(l->wq);
	free_netdev(l->dev); /* WARN: netdev-pending-work: later */
}

static struct tty_ldisc_ops timed_ldisc = {
	.open = timed_open,
	.close = bad_timed_close,
	.write_wakeup = timed_wakeup,
};

int line_init(void);
int line_init(void)
{
	return tty_register_ldisc(&line_ldisc) ?: tty_register_ldisc(&timed_ldisc);
}
