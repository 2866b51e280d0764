// RUN: %check %s
// ND-K03: a handler of work that is given away without its object starts without the RTNL.
#include <linux/rtnetlink.h>
#include <linux/workqueue.h>

struct filter {
	struct work_struct work;
	int count;
};

void queue_filter(struct work_struct *work, void (*fn)(struct work_struct *));
void filter_free(struct filter *f);

static void bad_filter_work(struct work_struct *work)
{
	struct filter *f = container_of(work, struct filter, work);

	rtnl_lock();
	filter_free(f);
} /* WARN: netdev-rtnl-balance */

static void ok_filter_work(struct work_struct *work)
{
	struct filter *f = container_of(work, struct filter, work);

	rtnl_lock();
	filter_free(f);
	rtnl_unlock();
}

void filter_drop(struct filter *f);
void filter_drop(struct filter *f)
{
	queue_filter(&f->work, f->count ? bad_filter_work : ok_filter_work);
}
