// RUN: %check %s
// Statement expressions and do-while(0) macros, with effects inside; findings stand where the macro is used.
#include <linux/etherdevice.h>
#include <linux/pci.h>


#define REGISTER(d) ({				\
	int __err = register_netdev(d);		\
	__err ? -EIO : 0; })

#define FREE(d) do {				\
	netdev_info(d, "free\n");		\
	free_netdev(d);				\
} while (0)

#define PRIV(d) ({ struct macro_priv *__p = netdev_priv(d); __p; })

struct macro_priv {
	int id;
};

static int bad_macro_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = REGISTER(dev);
	if (err) {
		FREE(dev);
	} else if (id->vendor == 1) {
		FREE(dev); /* WARN: netdev-free-while-registered */
		return -ENODEV;
	}
	return err;
}

static int ok_macro_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = REGISTER(dev);
	if (err)
		FREE(dev);
	return err;
}

static int bad_twice_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	pci_set_drvdata(pdev, dev);
	err = REGISTER(dev);
	if (err) {
		free_netdev(dev);
		free_netdev(dev); /* WARN: netdev-double-free */
	}
	return err;
}

static void bad_priv_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct macro_priv *priv = PRIV(dev);

	unregister_netdev(dev);
	FREE(dev);
	priv->id = 0; /* WARN: netdev-use-after-free */
}

static void ok_priv_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct macro_priv *priv = PRIV(dev);

	unregister_netdev(dev);
	priv->id = 0;
	FREE(dev);
}

static void plain_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver driver_1 = { .probe = bad_macro_probe, .remove = plain_remove };
struct pci_driver driver_2 = { .probe = ok_macro_probe, .remove = plain_remove };
struct pci_driver driver_3 = { .probe = bad_twice_probe, .remove = plain_remove };
struct pci_driver driver_4 = { .probe = ok_macro_probe, .remove = bad_priv_remove };
struct pci_driver driver_5 = { .probe = ok_macro_probe, .remove = ok_priv_remove };
