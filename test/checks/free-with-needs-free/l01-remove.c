// RUN: %check %s
// ND-L01: needs_free_netdev is set, so unregister_netdev() has freed the device.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

static netdev_tx_t nf_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops nf_ops = {
	.ndo_start_xmit = nf_xmit,
};

/* Set in the setup callback of alloc_netdev(). */
static void nf_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &nf_ops;
	dev->needs_free_netdev = true;
}

static void plain_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &nf_ops;
}

static int setup_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_netdev(0, "nf%d", NET_NAME_UNKNOWN, nf_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int plain_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_netdev(0, "nf%d", NET_NAME_UNKNOWN, plain_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_setup_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_setup_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
}

static void ok_plain_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver bad_setup_driver = {
	.probe = setup_probe,
	.remove = bad_setup_remove,
};

struct platform_driver ok_setup_driver = {
	.probe = setup_probe,
	.remove = ok_setup_remove,
};

struct platform_driver ok_plain_driver = {
	.probe = plain_probe,
	.remove = ok_plain_remove,
};

/* Set after registration succeeded: legal, and counts as well. */
static int after_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_netdev(0, "nf%d", NET_NAME_UNKNOWN, plain_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	dev->needs_free_netdev = true;
	return 0;
}

static void bad_after_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_after_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
}

struct platform_driver bad_after_driver = {
	.probe = after_probe,
	.remove = bad_after_remove,
};

struct platform_driver ok_after_driver = {
	.probe = after_probe,
	.remove = ok_after_remove,
};

/* Set in ndo_init, which registration calls. */
static int init_init(struct net_device *dev)
{
	dev->needs_free_netdev = true;
	return 0;
}

static const struct net_device_ops init_ops = {
	.ndo_init = init_init,
	.ndo_start_xmit = nf_xmit,
};

static int init_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &init_ops;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_init_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_init_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
}

struct platform_driver bad_init_driver = {
	.probe = init_probe,
	.remove = bad_init_remove,
};

struct platform_driver ok_init_driver = {
	.probe = init_probe,
	.remove = ok_init_remove,
};

/* Set by a helper. */
static void helper_finish(struct net_device *dev, bool core_frees)
{
	dev->netdev_ops = &nf_ops;
	dev->needs_free_netdev = core_frees;
}

static int helper_true_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	helper_finish(dev, true);
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int helper_false_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	helper_finish(dev, false);
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static void bad_helper_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free */
}

static void ok_helper_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver bad_helper_driver = {
	.probe = helper_true_probe,
	.remove = bad_helper_remove,
};

struct platform_driver ok_helper_driver = {
	.probe = helper_false_probe,
	.remove = ok_helper_remove,
};
