// RUN: %check %s
// ND-K03: what one callback of a table takes another drops; a flag remembers
// whether the lock was taken (E.23).
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct mock;
int mock_start(struct mock *m, bool held);

struct mock_family {
	int (*pre_doit)(struct mock *m, int flags);
	void (*post_doit)(struct mock *m, int flags);
};

static int ok_pre(struct mock *m, int flags)
{
	rtnl_lock();
	if (mock_start(m, true)) {
		rtnl_unlock();
		return -EIO;
	}
	if (!(flags & 8))
		rtnl_unlock();
	return 0;
}

static void ok_post(struct mock *m, int flags)
{
	if (flags & 8)
		rtnl_unlock();
}

const struct mock_family mock_family = { .pre_doit = ok_pre, .post_doit = ok_post };

int ok_replay(struct mock *m, int flags);
int ok_replay(struct mock *m, int flags)
{
	bool held = false;
	int err;

replay:
	err = mock_start(m, held);
	if (err)
		goto out;
	if (held || flags & 4) {
		held = true;
		rtnl_lock();
	}
	err = mock_start(m, held);
out:
	if (held)
		rtnl_unlock();
	if (err == -EAGAIN) {
		held = true;
		goto replay;
	}
	return err;
}

/* The flag's meaning is spread over two switches. */
static bool needs_rtnl(int name)
{
	switch (name) {
	case 3:
	case 7:
		return true;
	}
	return false;
}

int ok_option(struct mock *m, int name);
int ok_option(struct mock *m, int name)
{
	bool needs = needs_rtnl(name);
	int err;

	if (needs)
		rtnl_lock();
	switch (name) {
	case 3:
	case 7:
		err = mock_start(m, true);
		break;
	default:
		return -EOPNOTSUPP;
	}
	if (needs)
		rtnl_unlock();
	return err;
}
