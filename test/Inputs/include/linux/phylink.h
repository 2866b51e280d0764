/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_PHYLINK_H
#define _MOCK_LINUX_PHYLINK_H

#include <linux/phy.h>

struct phylink;
struct phylink_config { struct device *dev; int type; };
struct phylink_mac_ops { void (*mac_config)(struct phylink_config *config, unsigned int mode, const void *state); };
struct fwnode_handle;
struct phylink *phylink_create(struct phylink_config *, const struct fwnode_handle *,
			       phy_interface_t, const struct phylink_mac_ops *);
void phylink_destroy(struct phylink *);
void phylink_start(struct phylink *);
void phylink_stop(struct phylink *);
#endif
