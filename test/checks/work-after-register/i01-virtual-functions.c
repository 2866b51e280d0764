// RUN: %check %s
// ND-I01: what is read for each virtual function is not read before there are
// any, and none is there while probe runs.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/slab.h>

int pci_num_vf(struct pci_dev *pdev);

struct vf {
	bool trusted;
};

struct pf {
	struct pci_dev *pdev;
	struct vf *vfs, *all;
	int total;
};

static int pf_open(struct net_device *dev)
{
	struct pf *pf = netdev_priv(dev);
	int i, trusted = 0;

	for (i = 0; i < pci_num_vf(pf->pdev); i++)
		trusted += pf->vfs[i].trusted;
	for (i = 0; i < pf->total; i++)
		trusted += pf->all[i].trusted;
	return trusted ? 0 : -ENODEV;
}

static int pf_set_features(struct net_device *dev, netdev_features_t features)
{
	struct pf *pf = netdev_priv(dev);

	if (pf->total >= pci_num_vf(pf->pdev))
		return -EINVAL;
	pf->vfs[pf->total].trusted = features != 0;
	return 0;
}

static const struct net_device_ops pf_ops = {
	.ndo_open = pf_open,
	.ndo_set_features = pf_set_features,
};

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct pf));
	struct pf *pf;
	int err;

	if (!dev)
		return -ENOMEM;
	pf = netdev_priv(dev);
	pf->pdev = pdev;
	pf->all = kcalloc(8, sizeof(*pf->all), GFP_KERNEL);
	dev->netdev_ops = &pf_ops;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	pf->vfs = kcalloc(8, sizeof(*pf->vfs), GFP_KERNEL);
	return 0;
}

static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct pf));
	struct pf *pf;
	int err;

	if (!dev)
		return -ENOMEM;
	pf = netdev_priv(dev);
	pf->pdev = pdev;
	dev->netdev_ops = &pf_ops;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	pf->all = kcalloc(8, sizeof(*pf->all), GFP_KERNEL); /* WARN: netdev-work-after-register: all */
	return 0;
}

struct pci_driver pf_driver_1 = { .probe = ok_probe };
struct pci_driver pf_driver_2 = { .probe = bad_probe };
