// RUN: %check %s
// ND-L05, L02: a function is given a device and registers it.
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

struct nic {
	struct net_device *dev;
	bool registered;
};

int bad_bring_up(struct nic *nic)
{
	int err;

	err = register_netdev(nic->dev);
	if (err)
		goto fail;
	return 0;
fail:
	unregister_netdev(nic->dev); /* WARN: netdev-unregister-state: 'nic->dev' is unregistered by 'unregister_netdev' although its registration failed */
	return err;
}

int ok_bring_up(struct nic *nic)
{
	int err;

	err = register_netdev(nic->dev);
	if (err)
		return err;
	nic->registered = true;
	return 0;
}

static void take_down(struct nic *nic)
{
	if (nic->dev->reg_state == NETREG_REGISTERED)
		unregister_netdev(nic->dev);
}

int ok_take_down(struct nic *nic)
{
	int err;

	err = register_netdev(nic->dev);
	if (err)
		take_down(nic);
	return err;
}

int bad_free(struct nic *nic, struct pci_dev *pdev)
{
	int err;

	err = register_netdev(nic->dev);
	if (err)
		goto free;
	err = pci_enable_device(pdev);
	if (err)
		goto free;
	return 0;
free:
	free_netdev(nic->dev); /* WARN: netdev-free-while-registered: registered */
	return err;
}

int ok_free(struct nic *nic, struct pci_dev *pdev)
{
	int err;

	err = register_netdev(nic->dev);
	if (err)
		goto free;
	err = pci_enable_device(pdev);
	if (err)
		goto unregister;
	return 0;
unregister:
	unregister_netdev(nic->dev);
free:
	free_netdev(nic->dev);
	return err;
}
