// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-L05: after a registration that failed reg_state may be anything but NETREG_REGISTERED.
#include <linux/netdevice.h>

struct nic {
	struct net_device *dev;
};

void ok_take_down(struct nic *nic)
{
	if (nic->dev->reg_state == NETREG_REGISTERED)
		unregister_netdev(nic->dev);
}

int ok_bring_up(struct nic *nic)
{
	int err;

	err = register_netdev(nic->dev);
	if (err) {
		ok_take_down(nic);
		return err;
	}
	return 0;
}

static void bad_take_down(struct nic *nic)
{
	if (nic->dev->reg_state != NETREG_UNINITIALIZED)
		unregister_netdev(nic->dev); /* WARN: netdev-unregister-state: although its registration failed */
}

int raise(struct nic *nic)
{
	int err;

	err = register_netdev(nic->dev);
	if (err)
		bad_take_down(nic);
	return err;
}
