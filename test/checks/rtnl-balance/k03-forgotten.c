// RUN: %check %s
// ND-K03: taken and never given back, in a file in which no other function
// could do it.
#include <linux/etherdevice.h>
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

/* Named as one that does not. */
int ok_begin_change(struct mock *m);
int ok_begin_change(struct mock *m)
{
	rtnl_lock();
	return mock_more(m);
}
