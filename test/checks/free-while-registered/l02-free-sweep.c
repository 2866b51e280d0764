// RUN: %check %s
// ND-L02 of devices in an array: a step behind the loop that registers them fails, and a loop frees them all.
#include <linux/etherdevice.h>
#include <linux/pci.h>

struct sweep_adapter {
	struct net_device *port[4], *sure[4], *counted[4], *asked[4], *some[4];
	unsigned long map;
};

int sweep_start(struct sweep_adapter *adapter);
int sweep_ready(struct sweep_adapter *adapter);

/* Counts down, as an error path does. */
static int bad_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct sweep_adapter *adapter = pci_get_drvdata(pdev);
	int i, err;

	for (i = 0; i < 4; i++)
		if (register_netdev(adapter->port[i]))
			netdev_err(adapter->port[i], "skipped");
		else
			adapter->map |= 1 << i;
	if (!adapter->map) {
		err = -ENODEV;
		goto out_free;
	}
	if (sweep_ready(adapter))
		netdev_info(adapter->port[0], "ready");
	err = sweep_start(adapter);
	if (err)
		goto out_free;
	return 0;

out_free:
	for (i = 4 - 1; i >= 0; --i)
		if (adapter->port[i])
			free_netdev(adapter->port[i]); /* WARN: netdev-free-while-registered: 'adapter->port[i]' is freed by 'free_netdev' while it is registered */
	return err;
}

static int ok_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct sweep_adapter *adapter = pci_get_drvdata(pdev);
	int i, err;

	for (i = 0; i < 4; i++)
		if (register_netdev(adapter->sure[i]))
			netdev_err(adapter->sure[i], "skipped");
	err = sweep_start(adapter);
	if (err)
		goto out_unregister;
	return 0;

out_unregister:
	for (i = 0; i < 4; i++)
		if (adapter->sure[i]->reg_state == NETREG_REGISTERED)
			unregister_netdev(adapter->sure[i]);
	for (i = 0; i < 4; i++)
		free_netdev(adapter->sure[i]);
	return err;
}

/* None of them is registered where this comes to the loop. */
static int ok_counted_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct sweep_adapter *adapter = pci_get_drvdata(pdev);
	int i, err, n = 0;

	err = sweep_start(adapter);
	if (err)
		goto out_free;
	for (i = 0; i < 4; i++)
		if (!register_netdev(adapter->counted[i]))
			n++;
	if (n)
		return 0;
	err = -ENODEV;

out_free:
	for (i = 0; i < 4; i++)
		free_netdev(adapter->counted[i]);
	return err;
}

/* Some may do; none does not. */
static int ok_some_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct sweep_adapter *adapter = pci_get_drvdata(pdev);
	int i, err = 0;

	for (i = 0; i < 4; i++) {
		err = register_netdev(adapter->some[i]);
		if (err)
			break;
	}
	if (i == 0)
		goto out_free;
	if (err)
		err = 0;
	if (sweep_ready(adapter))
		netdev_info(adapter->some[0], "ready");
	return 0;

out_free:
	for (i = 0; i < 4; i++)
		free_netdev(adapter->some[i]);
	return err;
}

/* The loop asks each of them. */
static int ok_asked_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct sweep_adapter *adapter = pci_get_drvdata(pdev);
	int i, err;

	for (i = 0; i < 4; i++)
		if (register_netdev(adapter->asked[i]))
			netdev_err(adapter->asked[i], "skipped");
	err = sweep_start(adapter);
	if (err)
		for (i = 0; i < 4; i++) {
			if (adapter->asked[i]->reg_state == NETREG_REGISTERED)
				unregister_netdev(adapter->asked[i]);
			free_netdev(adapter->asked[i]);
		}
	return err;
}

static struct pci_driver sweep_drivers[] = {
	{ .probe = bad_probe }, { .probe = ok_probe }, { .probe = ok_counted_probe }, { .probe = ok_some_probe },
	{ .probe = ok_asked_probe },
};
