// RUN: %check %s
// ND-I01: from ieee802154_register_hw() on the callbacks of ieee802154_ops run.
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>
#include <net/mac802154.h>

struct radio {
	struct ieee802154_hw *hw;
	struct work_struct sync;
};

static void radio_sync(struct work_struct *work)
{
	pr_info("sync\n");
}

static int radio_start(struct ieee802154_hw *hw)
{
	struct radio *radio = hw->priv;

	schedule_work(&radio->sync);
	return 0;
}

static const struct ieee802154_ops radio_ops = {
	.owner = THIS_MODULE,
	.start = radio_start,
};

static int bad_probe(struct platform_device *pdev)
{
	struct ieee802154_hw *hw = ieee802154_alloc_hw(sizeof(struct radio), &radio_ops);
	struct radio *radio;
	int err;

	if (!hw)
		return -ENOMEM;
	radio = hw->priv;
	radio->hw = hw;
	platform_set_drvdata(pdev, radio);
	err = ieee802154_register_hw(hw);
	if (err) {
		ieee802154_free_hw(hw);
		return err;
	}
	INIT_WORK(&radio->sync, radio_sync); /* WARN: netdev-work-after-register: after 'ieee802154_register_hw', but 'start' may use it before */
	return 0;
}

static int ok_probe(struct platform_device *pdev)
{
	struct ieee802154_hw *hw = ieee802154_alloc_hw(sizeof(struct radio), &radio_ops);
	struct radio *radio;
	int err;

	if (!hw)
		return -ENOMEM;
	radio = hw->priv;
	radio->hw = hw;
	INIT_WORK(&radio->sync, radio_sync);
	platform_set_drvdata(pdev, radio);
	err = ieee802154_register_hw(hw);
	if (err)
		ieee802154_free_hw(hw);
	return err;
}

static void radio_remove(struct platform_device *pdev)
{
	struct radio *radio = platform_get_drvdata(pdev);

	ieee802154_unregister_hw(radio->hw);
	cancel_work_sync(&radio->sync);
	ieee802154_free_hw(radio->hw);
}

struct platform_driver bad_radio = { .probe = bad_probe, .remove = radio_remove };
struct platform_driver ok_radio = { .probe = ok_probe, .remove = radio_remove };
