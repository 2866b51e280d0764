// RUN: %check %s
// ND-L14, E.22: free_netdev() and unregister_netdev() do not accept NULL, dev_put()
// does; rtnl_create_link() returns an error pointer.
#include <linux/etherdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

static int bad_label_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err = -ENOMEM;

	if (!dev)
		goto err_free;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	return 0;

err_free:
	free_netdev(dev); /* WARN: netdev-allocation */
	return err;
}

static int ok_label_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err = -ENOMEM;

	if (!dev)
		return err;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	return 0;

err_free:
	free_netdev(dev);
	return err;
}

static int ok_guarded_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err = -ENOMEM;

	if (!dev)
		goto err_free;
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto err_free;
	return 0;

err_free:
	if (dev)
		free_netdev(dev);
	return err;
}

static int bad_unchecked_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev); /* WARN: netdev-allocation */
	if (err)
		free_netdev(dev);
	return err;
}

static void null_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev);
	free_netdev(dev);
}

struct pci_driver null_driver_1 = { .probe = bad_label_probe, .remove = null_remove };
struct pci_driver null_driver_2 = { .probe = ok_label_probe, .remove = null_remove };
struct pci_driver null_driver_3 = { .probe = ok_guarded_probe, .remove = null_remove };
struct pci_driver null_driver_4 = { .probe = bad_unchecked_probe, .remove = null_remove };

int ok_put_null(int ifindex);
int ok_put_null(int ifindex)
{
	struct net_device *dev = dev_get_by_index(&init_net, ifindex);
	int mtu = dev ? dev->mtu : -ENODEV;

	dev_put(dev);
	return mtu;
}

static void link_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->needs_free_netdev = true;
}

static struct rtnl_link_ops create_link_ops = {
	.kind = "create",
	.setup = link_setup,
};

struct net_device *bad_create(struct net *net);
struct net_device *bad_create(struct net *net)
{
	struct nlattr *tb[8] = { NULL };
	struct net_device *dev;
	int err;

	ASSERT_RTNL();
	dev = rtnl_create_link(net, "c%d", NET_NAME_ENUM, &create_link_ops, tb, NULL);
	if (!dev)
		return ERR_PTR(-ENOMEM);
	err = register_netdevice(dev); /* WARN: netdev-allocation */
	if (err) {
		free_netdev(dev);
		return ERR_PTR(err);
	}
	return dev;
}

struct net_device *ok_create(struct net *net);
struct net_device *ok_create(struct net *net)
{
	struct nlattr *tb[8] = { NULL };
	struct net_device *dev;
	int err;

	ASSERT_RTNL();
	dev = rtnl_create_link(net, "c%d", NET_NAME_ENUM, &create_link_ops, tb, NULL);
	if (IS_ERR(dev))
		return dev;
	err = register_netdevice(dev);
	if (err) {
		free_netdev(dev);
		return ERR_PTR(err);
	}
	return dev;
}

/* A test's assertion ends the thread, though its declaration does not say so. */
void __kunit_abort(void *test);
#define ASSERT_THERE(condition)                      \
	do {                                         \
		if (!(!!(condition) == !!true))      \
			__kunit_abort(NULL);         \
	} while (0)

static int ok_asserted_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	ASSERT_THERE(!!dev);
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

/* The same before 6.6: an assertion is of kind 0. */
void kunit_do_failed_assertion(void *test, const void *loc, int kind);

static int ok_older_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		kunit_do_failed_assertion(NULL, NULL, 0);
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int bad_expected_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		kunit_do_failed_assertion(NULL, NULL, 1);
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev); /* WARN: netdev-allocation */
	if (err)
		free_netdev(dev);
	return err;
}

struct pci_driver null_driver_6 = { .probe = ok_older_probe, .remove = null_remove };
struct pci_driver null_driver_7 = { .probe = bad_expected_probe, .remove = null_remove };
struct pci_driver null_driver_5 = { .probe = ok_asserted_probe, .remove = null_remove };
