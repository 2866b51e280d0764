// RUN: %check %s
// ND-I03: setters that only have an effect before registration.
#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/pci.h>

static const struct device_type set_type = {
	.name = "mock",
};

static netdev_tx_t set_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops set_ops = {
	.ndo_start_xmit = set_xmit,
};

static int bad_parent_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &set_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	SET_NETDEV_DEV(dev, &pdev->dev); /* WARN: netdev-work-after-register: SET_NETDEV_DEV */
	return 0;
}

static int ok_parent_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &set_ops;
	pci_set_drvdata(pdev, dev);
	SET_NETDEV_DEV(dev, &pdev->dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static int bad_type_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &set_ops;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	SET_NETDEV_DEVTYPE(dev, &set_type); /* WARN: netdev-work-after-register: SET_NETDEV_DEVTYPE */
	netdev_sw_irq_coalesce_default_on(dev); /* WARN: netdev-work-after-register: netdev_sw_irq_coalesce_default_on */
	return 0;
}

static int ok_type_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &set_ops;
	pci_set_drvdata(pdev, dev);
	SET_NETDEV_DEVTYPE(dev, &set_type);
	netdev_sw_irq_coalesce_default_on(dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

static void set_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver bad_parent_driver = {
	.name = "bad_parent",
	.probe = bad_parent_probe,
	.remove = set_remove,
};

struct pci_driver ok_parent_driver = {
	.name = "ok_parent",
	.probe = ok_parent_probe,
	.remove = set_remove,
};

struct pci_driver bad_type_driver = {
	.name = "bad_type",
	.probe = bad_type_probe,
	.remove = set_remove,
};

struct pci_driver ok_type_driver = {
	.name = "ok_type",
	.probe = ok_type_probe,
	.remove = set_remove,
};
