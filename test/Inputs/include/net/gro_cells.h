#ifndef MOCK_NET_GRO_CELLS_H
#define MOCK_NET_GRO_CELLS_H

#include <linux/netdevice.h>

int gro_cells_init(struct gro_cells *cells, struct net_device *dev);
void gro_cells_destroy(struct gro_cells *cells);

#endif
