// RUN: %check %s
// Class 11: the transmit timeout's work is not cancelled in remove, a tasklet that
// the interrupt schedules neither.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>

struct out11_priv {
	struct net_device *dev;
	struct work_struct timeout;
	struct tasklet_struct bottom;
};

static void out11_timeout(struct work_struct *work)
{
	struct out11_priv *priv = container_of(work, struct out11_priv, timeout);

	netif_wake_queue(priv->dev);
}

static void out11_bottom(struct tasklet_struct *t)
{
	struct out11_priv *priv = from_tasklet(priv, t, bottom);

	netif_wake_queue(priv->dev);
}

static irqreturn_t out11_irq(int irq, void *data)
{
	struct net_device *dev = data;
	struct out11_priv *priv = netdev_priv(dev);

	tasklet_schedule(&priv->bottom);
	return IRQ_HANDLED;
}

static void out11_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct out11_priv *priv = netdev_priv(dev);

	schedule_work(&priv->timeout);
}

static const struct net_device_ops out11_ops = {
	.ndo_tx_timeout = out11_tx_timeout,
};

static int out11_probe(struct platform_device *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct out11_priv));
	struct out11_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	INIT_WORK(&priv->timeout, out11_timeout);
	tasklet_setup(&priv->bottom, out11_bottom);
	dev->irq = platform_get_irq(pdev, 0);
	dev->netdev_ops = &out11_ops;
	platform_set_drvdata(pdev, dev);
	err = request_irq(dev->irq, out11_irq, 0, "out11", dev);
	if (err)
		goto err_free;
	err = register_netdev(dev);
	if (err)
		goto err_irq;
	return 0;

err_irq:
	free_irq(dev->irq, dev);
	tasklet_kill(&priv->bottom);
err_free:
	free_netdev(dev);
	return err;
}

static void bad_work_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct out11_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	free_irq(dev->irq, dev);
	tasklet_kill(&priv->bottom);
	free_netdev(dev); /* WARN: netdev-pending-work: timeout */
}

static void bad_tasklet_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct out11_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work_sync(&priv->timeout);
	free_irq(dev->irq, dev);
	free_netdev(dev); /* WARN: netdev-pending-work: bottom */
}

static void ok_remove(struct platform_device *pdev)
{
	struct net_device *dev = platform_get_drvdata(pdev);
	struct out11_priv *priv = netdev_priv(dev);

	unregister_netdev(dev);
	cancel_work_sync(&priv->timeout);
	free_irq(dev->irq, dev);
	tasklet_kill(&priv->bottom);
	free_netdev(dev);
}

struct platform_driver out11_driver_1 = { .probe = out11_probe, .remove = bad_work_remove };
struct platform_driver out11_driver_2 = { .probe = out11_probe, .remove = bad_tasklet_remove };
struct platform_driver out11_driver_3 = { .probe = out11_probe, .remove = ok_remove };
