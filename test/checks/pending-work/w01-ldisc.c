// RUN: %check %s
// ND-W01: what the line discipline's ioctl takes off its queue is armed again; only close is the end of it.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/timer.h>

struct tty_struct {
	void *disc_data;
};

struct tty_ldisc_ops {
	int (*open)(struct tty_struct *tty);
	void (*close)(struct tty_struct *tty);
	int (*ioctl)(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
};

int tty_register_ldisc(struct tty_ldisc_ops *ops);

struct line {
	struct net_device *dev;
	struct timer_list alive;
	struct timer_list fill;
};

static void line_alive(struct timer_list *t)
{
	struct line *l = from_timer(l, t, alive);

	mod_timer(&l->alive, jiffies + HZ);
}

static void line_fill(struct timer_list *t)
{
	struct line *l = from_timer(l, t, fill);

	mod_timer(&l->fill, jiffies + HZ);
}

static int line_up(struct net_device *dev)
{
	struct line *l = netdev_priv(dev);

	mod_timer(&l->alive, jiffies + HZ);
	mod_timer(&l->fill, jiffies + HZ);
	return 0;
}

static const struct net_device_ops line_ops = { .ndo_open = line_up };

static int line_open(struct tty_struct *tty)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct line));
	struct line *l;
	int err;

	if (!dev)
		return -ENOMEM;
	l = netdev_priv(dev);
	l->dev = dev;
	dev->netdev_ops = &line_ops;
	timer_setup(&l->alive, line_alive, 0);
	timer_setup(&l->fill, line_fill, 0);
	tty->disc_data = l;
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int line_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	struct line *l = tty->disc_data;

	if (arg) {
		mod_timer(&l->alive, jiffies + arg);
		mod_timer(&l->fill, jiffies + arg);
	} else {
		del_timer(&l->alive);
		del_timer(&l->fill);
	}
	return 0;
}

static void bad_close(struct tty_struct *tty)
{
	struct line *l = tty->disc_data;

	unregister_netdev(l->dev);
	del_timer_sync(&l->fill);
	free_netdev(l->dev); /* WARN: netdev-pending-work: 'line->alive' (timer) may still be pending when the device is freed; nothing cancels it */
}

static struct tty_ldisc_ops line_ldisc = {
	.open = line_open,
	.close = bad_close,
	.ioctl = line_ioctl,
};

static int __init line_init(void)
{
	return tty_register_ldisc(&line_ldisc);
}
module_init(line_init);
