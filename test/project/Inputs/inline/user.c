#include "own.h"

static const struct net_device_ops user_ops = {
	.ndo_open = inline_open,
};

void user_setup(struct net_device *dev)
{
	dev->netdev_ops = &user_ops;
	inline_called();
	inline_calls();
}
