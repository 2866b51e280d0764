// RUN: %check %s
// E.26: the reference on a lower device, dropped in the own priv_destructor, is
// the standard pattern as long as the own device goes when the lower one does.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>

struct stack_priv {
	struct net_device *dev;
	struct net_device *lower;
	netdevice_tracker tracker;
	struct list_head node;
};

static LIST_HEAD(stack_devices);

static int ok_stack_init(struct net_device *dev)
{
	struct stack_priv *priv = netdev_priv(dev);

	netdev_hold(priv->lower, &priv->tracker, GFP_KERNEL);
	return 0;
}

static netdev_tx_t stack_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct stack_priv *priv = netdev_priv(dev);

	skb->dev = priv->lower;
	dev_queue_xmit(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops stack_ops = {
	.ndo_init = ok_stack_init,
	.ndo_start_xmit = stack_xmit,
};

static void ok_stack_destructor(struct net_device *dev)
{
	struct stack_priv *priv = netdev_priv(dev);

	netdev_put(priv->lower, &priv->tracker);
}

static void stack_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &stack_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = ok_stack_destructor;
}

static int ok_stack_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			    struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct stack_priv *priv = netdev_priv(dev);
	int err;

	if (!tb[IFLA_LINK])
		return -EINVAL;
	priv->lower = __dev_get_by_index(src_net, nla_get_u32(tb[IFLA_LINK]));
	if (!priv->lower)
		return -ENODEV;
	priv->dev = dev;
	err = register_netdevice(dev);
	if (err)
		return err;
	list_add(&priv->node, &stack_devices);
	return 0;
}

static void stack_dellink(struct net_device *dev, struct list_head *head)
{
	struct stack_priv *priv = netdev_priv(dev);

	list_del(&priv->node);
	unregister_netdevice_queue(dev, head);
}

static struct rtnl_link_ops stack_link_ops = {
	.kind = "stack",
	.priv_size = sizeof(struct stack_priv),
	.setup = stack_setup,
	.newlink = ok_stack_newlink,
	.dellink = stack_dellink,
};

static int ok_stack_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct stack_priv *priv, *tmp;
	LIST_HEAD(gone);

	if (event != NETDEV_UNREGISTER || dev->reg_state != NETREG_UNREGISTERING)
		return NOTIFY_DONE;
	list_for_each_entry_safe(priv, tmp, &stack_devices, node)
		if (priv->lower == dev)
			stack_dellink(priv->dev, &gone);
	unregister_netdevice_many(&gone);
	return NOTIFY_DONE;
}

static struct notifier_block stack_nb = {
	.notifier_call = ok_stack_event,
};

static int __init ok_module_init(void)
{
	int err;

	err = register_netdevice_notifier(&stack_nb);
	if (err)
		return err;
	err = rtnl_link_register(&stack_link_ops);
	if (err)
		unregister_netdevice_notifier(&stack_nb);
	return err;
}

static void __exit ok_module_exit(void)
{
	rtnl_link_unregister(&stack_link_ops);
	unregister_netdevice_notifier(&stack_nb);
}

module_init(ok_module_init);
module_exit(ok_module_exit);
MODULE_LICENSE("GPL");
