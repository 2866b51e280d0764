// RUN: %check %s
// ND-K03: taken and never given back, in a file in which no other function
// could do it.
#include <linux/etherdevice.h>
#include <linux/pm.h>
#include <linux/rtnetlink.h>

struct mock;
int mock_start(struct mock *m);
int mock_more(struct mock *m);

/* Nobody here ever gives it back. */
int bad_forgets(struct mock *m);
int bad_forgets(struct mock *m)
{
	int err;

	rtnl_lock();
	err = mock_more(m);
	if (err)
		return err; /* WARN: netdev-rtnl-balance: still held */
	return mock_start(m); /* WARN: netdev-rtnl-balance: still held */
}

/* Held whatever comes of it: for another file to end. */
int ok_for_others(struct mock *m);
int ok_for_others(struct mock *m)
{
	rtnl_lock();
	return mock_more(m);
}

/* Called by the core, which expects it back, whatever the function is called. */
static int bad_prepare_lock(struct device *device)
{
	rtnl_lock();
	return mock_more(dev_get_drvdata(device)); /* WARN: netdev-rtnl-balance: still held */
}

static int ok_resume(struct device *device)
{
	return mock_start(dev_get_drvdata(device));
}

SIMPLE_DEV_PM_OPS(forgotten_pm, bad_prepare_lock, ok_resume);

/* A table that is not known, and has nothing that would give it back. */
struct mock_ops {
	void (*show)(struct mock *m);
	void (*begin)(struct mock *m);
	void (*end)(struct mock *m);
};

static void bad_show(struct mock *m)
{
	rtnl_lock();
	mock_more(m);
} /* WARN: netdev-rtnl-balance: still held */

static const struct mock_ops show_ops = { .show = bad_show };
int mock_register(const struct mock_ops *ops);
int forgotten_init(void);
int forgotten_init(void)
{
	return mock_register(&show_ops);
}
