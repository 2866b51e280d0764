// RUN: %check %s
// ND-L10, E.4, E.5: the error path frees what priv_destructor frees when
// registration fails late.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct fin_priv {
	void *table;
};

static void fin(struct net_device *dev)
{
	struct fin_priv *priv = netdev_priv(dev);

	kfree(priv->table);
}

static struct net_device *fin_alloc(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct fin_priv));
	struct fin_priv *priv;

	if (!dev)
		return NULL;
	priv = netdev_priv(dev);
	priv->table = kzalloc(64, GFP_KERNEL);
	if (!priv->table) {
		free_netdev(dev);
		return NULL;
	}
	return dev;
}

static int bad_probe(struct platform_device *pdev)
{
	struct net_device *dev = fin_alloc();
	struct fin_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	dev->priv_destructor = fin;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		kfree(priv->table); /* WARN: netdev-destructor: table */
		free_netdev(dev);
	}
	return err;
}

/* Set only after registration succeeded: the error path owns the table. */
static int ok_after_probe(struct platform_device *pdev)
{
	struct net_device *dev = fin_alloc();
	struct fin_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		kfree(priv->table);
		free_netdev(dev);
		return err;
	}
	dev->priv_destructor = fin;
	return 0;
}

/* As the documentation has it: the core calls the destructor. */
static int ok_documented_probe(struct platform_device *pdev)
{
	struct net_device *dev = fin_alloc();
	int err;

	if (!dev)
		return -ENOMEM;
	dev->priv_destructor = fin;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

/* A destructor that tolerates being called again. */
static void idempotent_fin(struct net_device *dev)
{
	struct fin_priv *priv = netdev_priv(dev);

	kfree(priv->table);
	priv->table = NULL;
}

static int ok_idempotent_probe(struct platform_device *pdev)
{
	struct net_device *dev = fin_alloc();
	int err;

	if (!dev)
		return -ENOMEM;
	dev->priv_destructor = idempotent_fin;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		idempotent_fin(dev);
		free_netdev(dev);
	}
	return err;
}

static void fin_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct platform_driver fin_driver_1 = { .probe = bad_probe, .remove = fin_remove };
struct platform_driver fin_driver_2 = { .probe = ok_after_probe, .remove = fin_remove };
struct platform_driver fin_driver_3 = { .probe = ok_documented_probe, .remove = fin_remove };
struct platform_driver fin_driver_4 = { .probe = ok_idempotent_probe, .remove = fin_remove };
