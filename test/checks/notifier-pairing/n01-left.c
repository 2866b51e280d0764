// RUN: %check %s
// ND-N01: what ends a part of a module, or frees the memory that a block is in, unregisters it.
#include <linux/netdevice.h>
#include <linux/slab.h>

static int left_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	return NOTIFY_DONE;
}

int register_inetaddr_notifier(struct notifier_block *nb);
int unregister_inetaddr_notifier(struct notifier_block *nb);

static struct notifier_block left_nb = { .notifier_call = left_event };
static struct notifier_block addr_nb = { .notifier_call = left_event };
static struct notifier_block kept_nb = { .notifier_call = left_event };

int bad_part_start(void);
int bad_part_start(void)
{
	int err;

	err = register_netdevice_notifier(&left_nb); /* WARN: netdev-notifier-pairing: 'left_nb' is registered here, but 'part_stop' */
	if (err)
		return err;
	err = register_inetaddr_notifier(&addr_nb);
	if (err)
		unregister_netdevice_notifier(&left_nb);
	return err;
}

void part_stop(void);
void part_stop(void)
{
	unregister_inetaddr_notifier(&addr_nb);
}

/* Built in only: nothing ends it. */
int ok_forever(void);
int ok_forever(void)
{
	return register_netdevice_notifier(&kept_nb);
}

struct left_ctx {
	int id;
	struct notifier_block nb;
};

struct done_ctx {
	int id;
	struct notifier_block nb;
};

struct left_ctx *bad_ctx_create(void);
struct left_ctx *bad_ctx_create(void)
{
	struct left_ctx *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->nb.notifier_call = left_event;
	if (register_netdevice_notifier(&c->nb)) /* WARN: netdev-notifier-pairing: left_ctx->nb */
		c->nb.notifier_call = NULL;
	return c;
}

void left_ctx_free(struct left_ctx *c);
void left_ctx_free(struct left_ctx *c)
{
	kfree(c);
}

struct done_ctx *ok_ctx_create(void);
struct done_ctx *ok_ctx_create(void)
{
	struct done_ctx *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->nb.notifier_call = left_event;
	if (register_netdevice_notifier(&c->nb))
		c->nb.notifier_call = NULL;
	return c;
}

void done_ctx_free(struct done_ctx *c);
void done_ctx_free(struct done_ctx *c)
{
	if (c->nb.notifier_call)
		unregister_netdevice_notifier(&c->nb);
	kfree(c);
}
