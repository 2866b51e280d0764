// RUN: %check %s
// ND-I02: what registers with mac802154 has callbacks, too; and a device that
// another file registers is registered when it is unregistered here.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>
#include <linux/workqueue.h>
#include <net/mac802154.h>

struct radio {
	struct ieee802154_hw *hw;
	struct workqueue_struct *wq;
	struct work_struct sync;
};

static void radio_sync(struct work_struct *work)
{
	pr_info("sync\n");
}

static int radio_start(struct ieee802154_hw *hw)
{
	struct radio *radio = hw->priv;

	queue_work(radio->wq, &radio->sync);
	return 0;
}

static const struct ieee802154_ops radio_ops = {
	.owner = THIS_MODULE,
	.start = radio_start,
};

static int radio_probe(struct platform_device *pdev)
{
	struct ieee802154_hw *hw = ieee802154_alloc_hw(sizeof(struct radio), &radio_ops);
	struct radio *radio;
	int err;

	if (!hw)
		return -ENOMEM;
	radio = hw->priv;
	radio->hw = hw;
	INIT_WORK(&radio->sync, radio_sync);
	radio->wq = alloc_workqueue("radio", 0, 0);
	if (!radio->wq) {
		ieee802154_free_hw(hw);
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, radio);
	err = ieee802154_register_hw(hw);
	if (err) {
		destroy_workqueue(radio->wq);
		ieee802154_free_hw(hw);
	}
	return err;
}

static void bad_radio_remove(struct platform_device *pdev)
{
	struct radio *radio = platform_get_drvdata(pdev);

	destroy_workqueue(radio->wq); /* WARN: netdev-teardown-before-unregister: 'ieee802154_unregister_hw', but 'start' */
	ieee802154_unregister_hw(radio->hw);
	ieee802154_free_hw(radio->hw);
}

static void ok_radio_remove(struct platform_device *pdev)
{
	struct radio *radio = platform_get_drvdata(pdev);

	ieee802154_unregister_hw(radio->hw);
	destroy_workqueue(radio->wq);
	ieee802154_free_hw(radio->hw);
}

struct platform_driver bad_radio = { .probe = radio_probe, .remove = bad_radio_remove };
struct platform_driver ok_radio = { .probe = radio_probe, .remove = ok_radio_remove };

/* The class driver: others call these, and nothing is seen of them. */
struct classdev {
	struct net_device *net;
	struct workqueue_struct *wq;
	struct work_struct reset;
};

static void class_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct classdev *cdev = netdev_priv(dev);

	queue_work(cdev->wq, &cdev->reset);
}

static const struct net_device_ops class_ops = {
	.ndo_tx_timeout = class_tx_timeout,
};

int class_register(struct classdev *cdev);
int class_register(struct classdev *cdev)
{
	cdev->net->netdev_ops = &class_ops;
	return register_netdev(cdev->net);
}

void bad_class_unregister(struct classdev *cdev);
void bad_class_unregister(struct classdev *cdev)
{
	destroy_workqueue(cdev->wq); /* WARN: netdev-teardown-before-unregister: 'ndo_tx_timeout' may still use it */
	unregister_netdev(cdev->net);
}

void ok_class_unregister(struct classdev *cdev);
void ok_class_unregister(struct classdev *cdev)
{
	unregister_netdev(cdev->net);
	destroy_workqueue(cdev->wq);
}

/* Closed before: no callback that needs the queue runs any more. */
void ok_class_close(struct classdev *cdev);
void ok_class_close(struct classdev *cdev)
{
	rtnl_lock();
	dev_close(cdev->net);
	rtnl_unlock();
	destroy_workqueue(cdev->wq);
	unregister_netdev(cdev->net);
}

/* usbnet unregisters its device before it calls unbind. */
struct driver_info {
	int (*bind)(struct platform_device *pdev);
	void (*unbind)(struct platform_device *pdev);
};

static void ok_radio_unbind(struct platform_device *pdev)
{
	struct radio *radio = platform_get_drvdata(pdev);

	destroy_workqueue(radio->wq);
	ieee802154_unregister_hw(radio->hw);
	ieee802154_free_hw(radio->hw);
}

const struct driver_info radio_info = { .bind = radio_probe, .unbind = ok_radio_unbind };
