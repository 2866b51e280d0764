// RUN: %check %s
// ND-W04: a timer and its work arm each other.
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#define PAIR(N)                                                                \
	struct N {                                                             \
		struct net_device *dev;                                        \
		bool closing;                                                  \
		struct timer_list timer;                                       \
		struct work_struct work;                                       \
	};                                                                     \
	static void N##_fires(struct timer_list *t)                            \
	{                                                                      \
		struct N *p = from_timer(p, t, timer);                         \
                                                                               \
		schedule_work(&p->work);                                       \
	}

PAIR(circle)

static void circle_works(struct work_struct *work)
{
	struct circle *p = container_of(work, struct circle, work);

	netif_wake_queue(p->dev);
	mod_timer(&p->timer, jiffies + HZ); /* NOTE: arms it */
}

void circle_init(struct circle *p)
{
	timer_setup(&p->timer, circle_fires, 0);
	INIT_WORK(&p->work, circle_works);
	mod_timer(&p->timer, jiffies + HZ);
}
EXPORT_SYMBOL(circle_init);

void bad_circle_cleanup(struct circle *p)
{
	del_timer_sync(&p->timer); /* WARN: netdev-pending-work: 'circle->timer' is cancelled before 'circle->work' */
	cancel_work_sync(&p->work); /* NOTE: over only here */
}
EXPORT_SYMBOL(bad_circle_cleanup);

PAIR(broken)

static void broken_works(struct work_struct *work)
{
	struct broken *p = container_of(work, struct broken, work);

	netif_wake_queue(p->dev);
	mod_timer(&p->timer, jiffies + HZ);
}

void broken_init(struct broken *p)
{
	timer_setup(&p->timer, broken_fires, 0);
	INIT_WORK(&p->work, broken_works);
	mod_timer(&p->timer, jiffies + HZ);
}
EXPORT_SYMBOL(broken_init);

void ok_broken_cleanup(struct broken *p)
{
	timer_shutdown_sync(&p->timer);
	cancel_work_sync(&p->work);
}
EXPORT_SYMBOL(ok_broken_cleanup);

PAIR(flagged)

static void flagged_works(struct work_struct *work)
{
	struct flagged *p = container_of(work, struct flagged, work);

	netif_wake_queue(p->dev);
	if (!p->closing)
		mod_timer(&p->timer, jiffies + HZ);
}

void flagged_init(struct flagged *p)
{
	timer_setup(&p->timer, flagged_fires, 0);
	INIT_WORK(&p->work, flagged_works);
	mod_timer(&p->timer, jiffies + HZ);
}
EXPORT_SYMBOL(flagged_init);

void ok_flagged_cleanup(struct flagged *p)
{
	p->closing = true;
	del_timer_sync(&p->timer);
	cancel_work_sync(&p->work);
}
EXPORT_SYMBOL(ok_flagged_cleanup);

PAIR(twice)

static void twice_works(struct work_struct *work)
{
	struct twice *p = container_of(work, struct twice, work);

	netif_wake_queue(p->dev);
	mod_timer(&p->timer, jiffies + HZ);
}

void twice_init(struct twice *p)
{
	timer_setup(&p->timer, twice_fires, 0);
	INIT_WORK(&p->work, twice_works);
	mod_timer(&p->timer, jiffies + HZ);
}
EXPORT_SYMBOL(twice_init);

/* The timer may have queued the work again, but nothing arms the timer now. */
void ok_twice_cleanup(struct twice *p)
{
	del_timer_sync(&p->timer);
	cancel_work_sync(&p->work);
	del_timer_sync(&p->timer);
	cancel_work_sync(&p->work);
}
EXPORT_SYMBOL(ok_twice_cleanup);
