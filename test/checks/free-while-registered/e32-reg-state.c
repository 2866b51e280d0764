// RUN: %check %s
// E.32: reg_state tests and private flags refine the state.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct flag_priv {
	bool registered;
	unsigned long bits;
};

static int maybe_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct flag_priv));
	struct flag_priv *priv;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	pci_set_drvdata(pdev, dev);
	if (register_netdev(dev))
		return 0;
	priv->registered = true;
	set_bit(0, &priv->bits);
	return 0;
}

static void ok_state_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	if (dev->reg_state == NETREG_REGISTERED)
		unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_flag_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct flag_priv *priv = netdev_priv(dev);

	if (priv->registered)
		unregister_netdev(dev);
	free_netdev(dev);
}

static void ok_bit_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct flag_priv *priv = netdev_priv(dev);

	if (test_and_clear_bit(0, &priv->bits))
		unregister_netdev(dev);
	free_netdev(dev);
}

static void bad_inverted_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	if (dev->reg_state == NETREG_REGISTERED)
		netif_carrier_off(dev);
	else
		return;
	free_netdev(dev); /* WARN: netdev-free-while-registered */
}

struct pci_driver e32_driver_1 = { .probe = maybe_probe, .remove = ok_state_remove };
struct pci_driver e32_driver_2 = { .probe = maybe_probe, .remove = ok_flag_remove };
struct pci_driver e32_driver_3 = { .probe = maybe_probe, .remove = ok_bit_remove };
struct pci_driver e32_driver_4 = { .probe = maybe_probe, .remove = bad_inverted_remove };
