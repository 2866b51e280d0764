#include "own.h"

void other_setup(struct net_device *dev)
{
	dev->flags = 0;
}
