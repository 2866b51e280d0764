// RUN: %check %s
// Class 4: the destructor set in setup frees the private part when registration
// fails, and the error path frees it again.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct port4 {
	int id;
};

struct port4_priv {
	struct port4 *port;
};

static void port4_destructor(struct net_device *dev)
{
	struct port4_priv *priv = netdev_priv(dev);

	kfree(priv->port);
}

static int bad_create(struct platform_device *pdev)
{
	struct port4 *port = kzalloc(sizeof(*port), GFP_KERNEL);
	struct port4_priv *priv;
	struct net_device *dev;
	int err = -ENOMEM;

	if (!port)
		return -ENOMEM;
	dev = alloc_etherdev(sizeof(*priv));
	if (!dev)
		goto error_port;
	priv = netdev_priv(dev);
	priv->port = port;
	dev->needs_free_netdev = true;
	dev->priv_destructor = port4_destructor;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto error_dev;
	return 0;

error_dev:
	free_netdev(dev);
error_port:
	kfree(port); /* WARN: netdev-destructor */
	return err;
}

static int ok_create(struct platform_device *pdev)
{
	struct port4 *port = kzalloc(sizeof(*port), GFP_KERNEL);
	struct port4_priv *priv;
	struct net_device *dev;
	int err = -ENOMEM;

	if (!port)
		return -ENOMEM;
	dev = alloc_etherdev(sizeof(*priv));
	if (!dev)
		goto error_port;
	priv = netdev_priv(dev);
	priv->port = port;
	dev->needs_free_netdev = true;
	platform_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto error_dev;
	dev->priv_destructor = port4_destructor;
	return 0;

error_dev:
	free_netdev(dev);
error_port:
	kfree(port);
	return err;
}

static void port4_remove(struct platform_device *pdev)
{
	unregister_netdev(platform_get_drvdata(pdev));
}

struct platform_driver port4_driver_1 = { .probe = bad_create, .remove = port4_remove };
struct platform_driver port4_driver_2 = { .probe = ok_create, .remove = port4_remove };
