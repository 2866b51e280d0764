// RUN: %check %s
// ND-K01: the lock is missing where the entry's error path calls a helper; the
// steps tell the way. One missing lock is one finding.
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>

struct table {
	struct net_device *dev;
};

struct table *table_new(struct net *net);
int table_rules(struct net *net, struct table *t);
void table_put(struct table *t);

static void bad_clean(struct table *t)
{
	LIST_HEAD(list);

	dev_set_allmulti(t->dev, -1); /* WARN: netdev-rtnl-missing: dev_set_allmulti */
	unregister_netdevice_queue(t->dev, &list);
	unregister_netdevice_many(&list);
}

static void ok_free(struct table *t)
{
	bad_clean(t); /* NOTE: 'ok_free' calls 'bad_clean' */
	table_put(t);
}

static int helper_init(struct net *net) /* NOTE: called without the RTNL */
{
	struct table *t = table_new(net);
	int err;

	if (!t)
		return -ENOMEM;
	err = table_rules(net, t);
	if (err < 0)
		goto err_free;
	return 0;

err_free:
	ok_free(t); /* NOTE: 'helper_init' calls 'ok_free' */
	return err;
}

static struct pernet_operations helper_net_ops = { .init = helper_init };

static void ok_clean(struct table *t)
{
	LIST_HEAD(list);

	unregister_netdevice_queue(t->dev, &list);
	unregister_netdevice_many(&list);
}

static int ok_init(struct net *net)
{
	struct table *t = table_new(net);
	int err;

	if (!t)
		return -ENOMEM;
	err = table_rules(net, t);
	if (err < 0) {
		rtnl_lock();
		ok_clean(t);
		rtnl_unlock();
	}
	return err;
}

static struct pernet_operations ok_net_ops = { .init = ok_init };

int helper_register(void);
int helper_register(void)
{
	return register_pernet_subsys(&helper_net_ops) ?: register_pernet_subsys(&ok_net_ops);
}
