// RUN: %check %s
// ND-K03: nothing is known of the callers here; a path is measured against its
// siblings in the same function.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

struct mock {
	struct net_device *dev;
	int flags;
};

int mock_start(struct mock *m);
int mock_more(struct mock *m);
void mock_stop(struct mock *m);

/* The error path leaves by a label below the unlock. */
int bad_create(struct mock *m);
int bad_create(struct mock *m)
{
	int err;

	err = mock_start(m);
	if (err)
		return err;
	rtnl_lock(); /* NOTE: the RTNL is taken */
	err = mock_more(m);
	if (err)
		goto err_stop;
	err = register_netdevice(m->dev);
	if (err)
		goto err_unlock;
	rtnl_unlock();
	return 0;

err_unlock:
	rtnl_unlock();
err_stop:
	mock_stop(m);
	return err; /* WARN: netdev-rtnl-balance: still held on return */
}

int ok_create(struct mock *m);
int ok_create(struct mock *m)
{
	int err;

	err = mock_start(m);
	if (err)
		return err;
	rtnl_lock();
	err = mock_more(m);
	if (err)
		goto err_unlock;
	err = register_netdevice(m->dev);
	if (err)
		goto err_unlock;
	rtnl_unlock();
	return 0;

err_unlock:
	rtnl_unlock();
	mock_stop(m);
	return err;
}

/* Unlocked once more on the error path. */
int bad_twice(struct mock *m);
int bad_twice(struct mock *m)
{
	int err;

	rtnl_lock();
	err = mock_more(m);
	rtnl_unlock();
	if (err)
		goto err_unlock;
	return 0;

err_unlock:
	rtnl_unlock();
	return err; /* WARN: netdev-rtnl-balance: dropped on return */
}

/* A static helper; its caller does nothing about it. */
static int bad_apply(struct mock *m)
{
	rtnl_lock();
	if (m->flags & 1)
		return -EINVAL; /* WARN: netdev-rtnl-balance: still held */
	netif_carrier_off(m->dev);
	rtnl_unlock();
	return 0;
}

int ok_calls_apply(struct mock *m);
int ok_calls_apply(struct mock *m)
{
	return bad_apply(m);
}

/* Held on success is a way to begin something: who ends it is elsewhere. */
int ok_begin(struct mock *m, bool take);
int ok_begin(struct mock *m, bool take)
{
	int err;

	if (take)
		rtnl_lock();
	err = mock_start(m);
	if (err) {
		if (take)
			rtnl_unlock();
		return err;
	}
	return 0;
}

/* What the helper leaves behind on failure its caller makes good. */
static int ok_half(struct mock *m)
{
	rtnl_lock();
	if (mock_start(m))
		return -EIO;
	rtnl_unlock();
	return 0;
}

int ok_whole(struct mock *m);
int ok_whole(struct mock *m)
{
	int err = ok_half(m);

	if (err)
		rtnl_unlock();
	return err;
}

/* A condition that is tested twice, of each kind. */
void ok_flag(struct mock *m, bool take);
void ok_flag(struct mock *m, bool take)
{
	if (take)
		rtnl_lock();
	netif_carrier_off(m->dev);
	if (take)
		rtnl_unlock();
}

void ok_state(struct mock *m);
void ok_state(struct mock *m)
{
	bool take = m->dev->reg_state == NETREG_REGISTERED;

	if (take)
		rtnl_lock();
	mock_stop(m);
	if (take)
		rtnl_unlock();
}

void ok_both(struct mock *m, bool held);
void ok_both(struct mock *m, bool held)
{
	bool take = !held && !(m->flags & 4);

	if (take)
		rtnl_lock();
	mock_stop(m);
	if (take)
		rtnl_unlock();
}
